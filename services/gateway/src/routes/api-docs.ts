import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import plugin from 'fastify-plugin'
import type { RouteOptions } from 'fastify'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import type { Deps } from '../deps.ts'
import { roleOf } from '../http/identity.ts'
import type { App } from './app.ts'
import { configComponents } from './job-config-docs.ts'

/** `/openapi.json` and a page of it at `/docs`, both generated from the routes' zod schemas. */
export function apiDocs({ version }: Deps) {
  return plugin(async (app: App): Promise<void> => {
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'Plumbline',
          version,
          description:
            'Every operation on a company’s data assets as a job. Errors are RFC 9457 problems with a stable `code`. A POST with an `Idempotency-Key` is carried out once: sent again within a day it has the same answer.',
        },
        components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } }, schemas: configComponents() },
      },
      transform: (route) => tellingRole(jsonSchemaTransform(route), route.route),
    })
    await app.register(swaggerUi, { routePrefix: '/docs', uiConfig: { persistAuthorization: true } })
    app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
  })
}

/** Who may call what needs a token, as the check of tokens has it. */
function tellingRole(
  documented: ReturnType<typeof jsonSchemaTransform>,
  route: RouteOptions,
): ReturnType<typeof jsonSchemaTransform> {
  const { schema } = documented
  if (schema?.['security'] === undefined) return documented
  const [method = 'GET'] = [route.method].flat()
  return {
    ...documented,
    schema: { ...schema, description: `Needs the role \`${roleOf(route.config?.role, method)}\`.` },
  }
}
