import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'

/** Answers with a file to be saved under a name, written piece by piece as they come. */
export const sendFile = (
  reply: FastifyReply,
  { type, name }: { type: string; name: string },
  pieces: Iterable<string> | AsyncIterable<string>,
): FastifyReply =>
  reply
    .type(type)
    .header('content-disposition', `attachment; filename="${name}"`)
    .send(Readable.from(pieces, { objectMode: false }))
