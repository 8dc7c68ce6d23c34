import fastifyStatic from '@fastify/static'
import plugin from 'fastify-plugin'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { ProblemError } from '../http/problem.ts'
import type { App } from './app.ts'

const contentSecurity =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'; base-uri 'self'"
/** The build puts a hash into the names of these: what they hold never changes. */
const hashedFile = /^assets\/.+\.\w+$/
const anyFile = /\.\w+$/

const unknown = (method: string, url: string) =>
  new ProblemError('not-found', `There is no ${method} ${url.split('?')[0]}; see /docs`)

/**
 * The built page. Files are looked up at each request, because the page may be built again while we run; every other address
 * that a browser opens is one of the page's own. Without a built page only the API is served.
 */
export function webPage({ config, log }: Deps) {
  return plugin(async (app: App): Promise<void> => {
    app.setNotFoundHandler((request) => {
      throw unknown(request.method, request.url)
    })
    if (config.webRoot === undefined) return log.info('PLUMBLINE_WEB_ROOT is not set: the web page is not served')
    await app.register(fastifyStatic, { root: config.webRoot, serve: false, cacheControl: false })
    app.get('/*', { schema: { hide: true, params: z.object({ '*': z.string() }) } }, async (request, reply) => {
      const path = request.params['*']
      if (anyFile.test(path)) {
        const cache = hashedFile.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache'
        return reply.header('cache-control', cache).sendFile(path)
      }
      const isPage = path === '' || (request.headers.accept ?? '').includes('text/html')
      if (!isPage) throw unknown(request.method, request.url)
      return reply
        .header('content-security-policy', contentSecurity)
        .header('cache-control', 'no-cache')
        .sendFile('index.html')
    })
  })
}
