import fastifyStatic from '@fastify/static'
import plugin from 'fastify-plugin'
import type { Deps } from '../deps.ts'
import { ProblemError } from '../http/problem.ts'
import type { App } from './app.ts'

const contentSecurity =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'; base-uri 'self'"

const unknown = (method: string, url: string) =>
  new ProblemError('not-found', `There is no ${method} ${url.split('?')[0]}; see /docs`)

/** The built page; every address that is not a file is one of its own. Without a built page only the API is served. */
export function webPage({ config, log }: Deps) {
  return plugin(async (app: App): Promise<void> => {
    if (config.webRoot === undefined) {
      log.info('PLUMBLINE_WEB_ROOT is not set: the web page is not served')
      app.setNotFoundHandler((request) => {
        throw unknown(request.method, request.url)
      })
      return
    }
    await app.register(fastifyStatic, {
      root: config.webRoot,
      wildcard: false,
      index: false,
      setHeaders: (reply, path) => {
        reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
    app.setNotFoundHandler(async (request, reply) => {
      const isPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html')
      if (!isPage) throw unknown(request.method, request.url)
      return reply
        .header('content-security-policy', contentSecurity)
        .header('cache-control', 'no-cache')
        .sendFile('index.html')
    })
  })
}
