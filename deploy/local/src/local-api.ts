import {
  zConnection,
  zConnectionPage,
  type Connection,
  type CreateConnection,
  type StartJob,
  type UpdateConnection,
} from '@plumbline/api'
import { z } from 'zod'

const zStarted = z.object({ id: z.string() })
const zActive = z.object({ code: z.literal('job-already-active'), existingJobId: z.string() })

/** What the first start needs of the HTTP contract. */
export interface LocalApi {
  findConnection(name: string): Promise<Connection | undefined>
  createConnection(body: CreateConnection): Promise<Connection>
  updateConnection(id: string, body: UpdateConnection): Promise<Connection>
  /** @returns the id of the job, or of the one of its kind that is active already */
  startJob(body: StartJob): Promise<string>
}

/** @param base the gateway, without a slash at its end */
export function localApi(base: string, token: string): LocalApi {
  async function call(method: string, path: string, body?: unknown): Promise<{ status: number; answer: unknown }> {
    const reply = await fetch(`${base}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    })
    const answer: unknown = await reply.json()
    return { status: reply.status, answer }
  }
  async function expectOk<T>(schema: z.ZodType<T>, method: string, path: string, body?: unknown): Promise<T> {
    const { status, answer } = await call(method, path, body)
    if (status < 300) return schema.parse(answer)
    throw new Error(`${method} ${path.split('?')[0]} answered ${status}: ${JSON.stringify(answer)}`)
  }
  return {
    async findConnection(name) {
      for (let cursor: string | null = ''; cursor !== null;) {
        const page: z.infer<typeof zConnectionPage> = await expectOk(
          zConnectionPage,
          'GET',
          `/connections?limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
        )
        const found = page.items.find((connection) => connection.name === name)
        if (found) return found
        cursor = page.nextCursor
      }
      return undefined
    },
    createConnection: (body) => expectOk(zConnection, 'POST', '/connections', body),
    updateConnection: (id, body) => expectOk(zConnection, 'PATCH', `/connections/${id}`, body),
    async startJob(body) {
      const { status, answer } = await call('POST', '/jobs', body)
      const active = zActive.safeParse(answer)
      if (status === 409 && active.success) return active.data.existingJobId
      if (status === 201) return zStarted.parse(answer).id
      throw new Error(`POST /jobs answered ${status}: ${JSON.stringify(answer)}`)
    },
  }
}
