import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { answerFor } from './answer-for.ts'
import { protocolOf, type Protocol, type Prompted } from './protocols.ts'

/** How the server treats a request. Without one it answers as it was asked to. */
export type Treatment =
  | { kind: 'status'; status: number; retryAfterSeconds?: number }
  /** Ends the connection in the middle of the answer. */
  | { kind: 'cut' }
  /** Ends the stream, properly as far as HTTP goes, before the answer is whole. */
  | { kind: 'ended-early' }
  /** Sends a part and then nothing until the client goes. */
  | { kind: 'stalled' }
  /** Sends the answer in parts with so long between them. */
  | { kind: 'slow'; pauseMs: number }
  | { kind: 'filtered' }
  | { kind: 'text'; text: string }
  /** Calls a tool; input that is text is sent as it is, also where it is no JSON. */
  | { kind: 'call'; tool: string; input: object | string }

export interface ModelRequest extends Prompted {
  /** Counts the requests of the same question, from 1. */
  time: number
  headers: IncomingMessage['headers']
}

export interface ModelServer {
  /** Without the version: `http://127.0.0.1:4711`. */
  url: string
  requests: ModelRequest[]
  /** By question, how often it was answered as a whole: that is what is paid for. */
  paid: Map<string, number>
  treat: (request: ModelRequest) => Treatment | undefined
  /** How many requests are being answered. */
  open: number
  close(): Promise<void>
}

const tokens = { input: 900, output: 300 }
const letters = 60

/**
 * A server that speaks the streaming protocols of OpenAI-compatible servers, Anthropic and Google as they are on the wire, and fails as
 * they do. What it answers is made of the facts that it is asked about.
 */
export async function startModelServer(): Promise<ModelServer> {
  const http = createServer((request, response) => {
    void handle(server, request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a server that listens on TCP has an AddressInfo
  const { port } = http.address() as AddressInfo
  const server: ModelServer = {
    url: `http://127.0.0.1:${port}`,
    requests: [],
    paid: new Map(),
    treat: () => undefined,
    open: 0,
    async close() {
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
    },
  }
  return server
}

async function handle(server: ModelServer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const protocol = protocolOf(request.url ?? '')
  if (!protocol) {
    response.writeHead(404).end()
    return
  }
  const prompted = protocol.prompted(JSON.parse(await bodyOf(request)))
  const time = server.requests.filter(({ question }) => question === prompted.question).length + 1
  const asked: ModelRequest = { ...prompted, time, headers: request.headers }
  server.requests.push(asked)
  server.open++
  try {
    if (await answer(protocol, response, server.treat(asked), prompted))
      server.paid.set(asked.question, (server.paid.get(asked.question) ?? 0) + 1)
  } finally {
    server.open--
  }
}

/** @returns whether the whole answer was sent */
async function answer(
  protocol: Protocol,
  response: ServerResponse,
  treatment: Treatment | undefined,
  prompted: Prompted,
): Promise<boolean> {
  if (treatment?.kind === 'status') {
    const { status, retryAfterSeconds } = treatment
    const headers = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(JSON.stringify({ error: { type: 'fault', message: `fault ${status}`, code: status } }))
    return false
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  if (treatment?.kind === 'call') {
    for (const sent of [protocol.start(), protocol.call(treatment.tool, treatment.input), protocol.end('tool', tokens)])
      for (const event of sent) response.write(event)
    response.end()
    return true
  }
  const text = treatment?.kind === 'text' ? treatment.text : answerFor(prompted.user)
  const parts = text.match(new RegExp(`[\\s\\S]{1,${letters}}`, 'g')) ?? ['']
  const send = (events: string[]): boolean => events.every((event) => response.write(event))
  send(protocol.start())
  for (const [index, part] of parts.entries()) {
    if (index === 1 || parts.length === 1) {
      if (treatment?.kind === 'cut') return !response.destroy()
      if (treatment?.kind === 'ended-early') return !response.end()
      if (treatment?.kind === 'stalled') return untilGone(response)
    }
    if (treatment?.kind === 'slow') await sleep(treatment.pauseMs)
    if (response.destroyed) return false
    if (treatment?.kind !== 'filtered') send(protocol.delta(part))
  }
  send(protocol.end(treatment?.kind === 'filtered' ? 'filtered' : 'stop', tokens))
  response.end()
  await new Promise((resolve) => response.once('close', resolve))
  return response.writableFinished
}

async function untilGone(response: ServerResponse): Promise<boolean> {
  if (!response.destroyed) await new Promise((resolve) => response.once('close', resolve))
  return false
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request.setEncoding('utf8')) body += String(chunk)
  return body
}
