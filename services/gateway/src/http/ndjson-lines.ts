/** Longer than any line of an export. */
export const maxLineBytes = 64 * 1_048_576

/** A line of a stream, or why it has none. */
export type NumberedLine = { line: number; text: string } | { line: number; problem: string }

/** The lines of a stream that are not empty, numbered from 1. A line that is too long or no text costs only itself. */
export async function* ndjsonLines(
  stream: AsyncIterable<Buffer>,
  maxBytes = maxLineBytes,
): AsyncGenerator<NumberedLine> {
  let line = 1
  let pieces: Buffer[] = []
  let bytes = 0
  for await (const chunk of stream) {
    let from = 0
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      bytes += end - from
      if (bytes <= maxBytes) pieces.push(chunk.subarray(from, end))
      yield* lineOf(line, pieces, bytes, maxBytes)
      from = end + 1
      line += 1
      pieces = []
      bytes = 0
    }
    bytes += chunk.length - from
    if (bytes <= maxBytes) pieces.push(chunk.subarray(from))
    else pieces = []
  }
  yield* lineOf(line, pieces, bytes, maxBytes)
}

function* lineOf(line: number, pieces: readonly Buffer[], bytes: number, maxBytes: number): Generator<NumberedLine> {
  if (bytes > maxBytes) return yield { line, problem: `is longer than ${maxBytes} bytes` }
  const text = decoded(Buffer.concat(pieces))
  if (text === undefined) yield { line, problem: 'is not UTF-8' }
  else if (text.trim() !== '') yield { line, text }
}

function decoded(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
