// oxlint-disable-next-line typescript/no-explicit-any -- a bench looks into answers freely
export type Call = (method: string, path: string, body?: unknown) => Promise<any>

/** Requests below /api/v1. @throws with the problem when one is refused */
export const callApi =
  (base: string, token: string): Call =>
  async (method, path, body) => {
    const answer = await fetch(`${base}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return JSON.parse(text)
  }
