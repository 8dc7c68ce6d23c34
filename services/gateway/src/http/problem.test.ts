import { Writable } from 'node:stream'
import fastify from 'fastify'
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { sendProblem } from './problem.ts'

/** Its routes are wrong in the ways that a route can be. */
function wrongApp() {
  const lines: string[] = []
  const stream = new Writable({
    write(line, _encoding, done) {
      lines.push(String(line))
      done()
    },
  })
  const app = fastify({ logger: { stream, level: 'error' } }).withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(sendProblem)
  app.get('/inside', async () => z.strictObject({ id: z.uuid() }).parse({ id: 'what was stored' }))
  app.get('/answer', { schema: { response: { 200: z.object({ count: z.number().max(1) }) } } }, async () => ({
    count: 2,
  }))
  app.get('/request', { schema: { querystring: z.strictObject({ limit: z.coerce.number() }) } }, async () => ({}))
  return { app, lines }
}

test.each(['/inside', '/answer'])(
  'what %s gets wrong itself is no fault of the request, and is logged',
  async (url) => {
    const { app, lines } = wrongApp()
    const answer = await app.inject(url)
    expect(answer.statusCode).toBe(500)
    expect(answer.json()).toMatchObject({ code: 'internal' })
    expect(answer.json()).not.toHaveProperty('errors')
    expect(lines.join('')).toMatch(/"level":50.*unexpected went wrong/)
  },
)

test('what a request gets wrong is told with its field, and is no error of ours', async () => {
  const { app, lines } = wrongApp()
  const answer = await app.inject('/request?limit=many')
  expect(answer.statusCode).toBe(422)
  expect(answer.json()).toMatchObject({ code: 'invalid-input', errors: [{ path: 'limit' }] })
  expect(lines).toEqual([])
})
