import { open } from 'node:fs/promises'

const newline = 10

/** Appends a line that is on the disk when this resolves. What a crash left of one before is closed first. */
export async function appendLine(path: string, line: string): Promise<void> {
  const file = await open(path, 'a+')
  try {
    const { size } = await file.stat()
    const last = Buffer.alloc(1)
    if (size > 0) await file.read(last, 0, 1, size - 1)
    await file.appendFile(size > 0 && last[0] !== newline ? `\n${line}\n` : `${line}\n`)
    await file.datasync()
  } finally {
    await file.close()
  }
}
