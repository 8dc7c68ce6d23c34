import { issueText } from '@plumbline/api'
import fastify, { LogController } from 'fastify'
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { v7 } from 'uuid'
import { z } from 'zod'
import type { Deps } from './deps.ts'
import { answerBrokenRequest } from './http/broken-request.ts'
import { repeatAnswers } from './http/idempotency.ts'
import { authenticate } from './http/identity.ts'
import { ProblemError, sendProblem } from './http/problem.ts'
import { limitRates } from './http/rate-limit.ts'
import { refuseUnstorableText } from './http/storable-text.ts'
import { viewContextOf, type ViewContext } from './jobs/job-view.ts'
import { OpenStreams } from './live/open-streams.ts'
import { apiDocs } from './routes/api-docs.ts'
import { alertChannelRoutes } from './routes/alert-channel-routes.ts'
import { alertDeliveryRoutes } from './routes/alert-delivery-routes.ts'
import { alertRuleRoutes } from './routes/alert-rule-routes.ts'
import type { App } from './routes/app.ts'
import { askRoutes } from './routes/ask-routes.ts'
import { assetRoutes } from './routes/asset-routes.ts'
import { auditRoutes } from './routes/audit-routes.ts'
import { connectionRoutes } from './routes/connection-routes.ts'
import { dbtRoutes } from './routes/dbt-routes.ts'
import { documentationRoutes } from './routes/documentation-routes.ts'
import { freshnessRoutes } from './routes/freshness-routes.ts'
import { healthRoutes } from './routes/health-routes.ts'
import { incidentRoutes } from './routes/incident-routes.ts'
import { jobEventRoutes } from './routes/job-event-routes.ts'
import { jobExportRoutes } from './routes/job-export-routes.ts'
import { jobImportRoutes } from './routes/job-import-routes.ts'
import { jobLogRoutes } from './routes/job-log-routes.ts'
import { jobRoutes } from './routes/job-routes.ts'
import { lineageRoutes } from './routes/lineage-routes.ts'
import { schemaHistoryRoutes } from './routes/schema-history-routes.ts'
import { tagRoutes } from './routes/tag-routes.ts'
import { tagRuleRoutes } from './routes/tag-rule-routes.ts'
import { metricRoutes } from './routes/metric-routes.ts'
import { metricSeriesRoutes } from './routes/metric-series-routes.ts'
import { mcpRoutes } from './mcp/mcp-routes.ts'
import { scheduleRoutes } from './routes/schedule-routes.ts'
import { openLineageRoutes } from './routes/openlineage-routes.ts'
import { operationRoutes } from './routes/operation-routes.ts'
import { tokenRoutes } from './routes/token-routes.ts'
import { trendRoutes } from './routes/trend-routes.ts'
import { webPage } from './routes/web-page.ts'

const maxBodyBytes = 1_048_576
/** As long as Node lets a whole address be, so that an id that is too long is told so by its schema, on every path alike. */
const maxParamLength = 16_384

/** The HTTP side of Plumbline, complete but not listening. */
export async function buildApp(deps: Deps): Promise<App> {
  const app = fastify({
    loggerInstance: deps.log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => v7(),
    bodyLimit: maxBodyBytes,
    routerOptions: { maxParamLength },
    forceCloseConnections: 'idle',
    frameworkErrors: (error, request, reply) => void sendProblem(error, request, reply),
    clientErrorHandler: answerBrokenRequest,
  }).withTypeProvider<ZodTypeProvider>()
  z.config({ customError: issueText })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(sendProblem)
  acceptEmptyJson(app)
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id)
    reply.header('x-content-type-options', 'nosniff')
  })

  await app.register(apiDocs(deps))
  await app.register(healthRoutes(deps))
  await app.register(behindTokens(deps))
  await app.register(webPage(deps))
  return app
}

/** All that needs a token: what a token may ask is counted over all of it. */
function behindTokens(deps: Deps) {
  const context = () => viewContextOf(deps)
  return async (scope: App): Promise<void> => {
    scope.addHook('onRequest', authenticate(deps.db))
    await limitRates(scope, deps.config.rateLimit)
    scope.addHook('preValidation', refuseUnstorableText)
    await scope.register(mcpRoutes(deps, context))
    await scope.register(apiRoutes(deps, context), { prefix: '/api/v1' })
  }
}

function apiRoutes(deps: Deps, context: () => ViewContext) {
  return async (api: App): Promise<void> => {
    repeatAnswers(api, deps)
    api.setNotFoundHandler({ preHandler: authenticate(deps.db) }, (request) => {
      throw new ProblemError('not-found', `There is no ${request.method} ${request.url.split('?')[0]}; see /docs`)
    })
    const streams = new OpenStreams(deps)
    api.addHook('preClose', () => streams.endAll())
    await api.register(jobEventRoutes(deps, streams))
    await api.register(jobExportRoutes(deps, context))
    await api.register(jobImportRoutes(deps))
    await api.register(jobLogRoutes(deps, streams))
    await api.register(trendRoutes(deps))
    await api.register(jobRoutes(deps, context))
    await api.register(askRoutes(deps, context))
    await api.register(operationRoutes(deps, context))
    await api.register(connectionRoutes(deps))
    await api.register(scheduleRoutes(deps))
    await api.register(assetRoutes(deps, context))
    await api.register(dbtRoutes(deps))
    await api.register(openLineageRoutes(deps))
    await api.register(lineageRoutes(deps))
    await api.register(schemaHistoryRoutes(deps))
    await api.register(freshnessRoutes(deps))
    await api.register(metricRoutes(deps))
    await api.register(documentationRoutes(deps))
    await api.register(tagRoutes(deps))
    await api.register(tagRuleRoutes(deps))
    await api.register(metricSeriesRoutes(deps))
    await api.register(incidentRoutes(deps))
    await api.register(alertRuleRoutes(deps))
    await api.register(alertChannelRoutes(deps))
    await api.register(alertDeliveryRoutes(deps))
    await api.register(auditRoutes(deps))
    await api.register(tokenRoutes(deps))
  }
}

/** A POST without a body may still say it is JSON. */
function acceptEmptyJson(app: App): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined)
    else void parse(request, String(body), done)
  })
}
