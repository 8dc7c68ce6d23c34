import { saveAs } from './save-as.ts'

/** Where the pieces of a file go. */
export interface Sink {
  write: (piece: Uint8Array<ArrayBuffer>) => Promise<void>
  /** The file is whole. */
  close: () => Promise<void>
  /** It will not be. */
  discard: () => Promise<void>
}

/** Keeps the file in memory and hands it to the browser in the end: good for what fits. */
export function memorySink(name: string, type: string): Sink {
  let pieces: Uint8Array<ArrayBuffer>[] = []
  return {
    async write(piece) {
      pieces.push(piece)
    },
    async close() {
      saveAs(new Blob(pieces, { type }), name)
      pieces = []
    },
    async discard() {
      pieces = []
    },
  }
}

/** Writes through to a file on the disk. Until it is closed the browser keeps what was written beside it. */
async function fileSink(file: FileSystemFileHandle): Promise<Sink> {
  const writable = await file.createWritable()
  return {
    write: (piece) => writable.write(piece),
    close: () => writable.close(),
    discard: () => writable.abort(),
  }
}

declare global {
  interface Window {
    /** Not in every browser. */
    showSaveFilePicker?: (options: { suggestedName: string }) => Promise<FileSystemFileHandle>
  }
}

/**
 * Asks where a large file goes, in browsers that let a page write there; in others it is kept in memory.
 * @returns null when the question was answered with "cancel"
 */
export async function largeSink(name: string, type: string): Promise<Sink | null> {
  if (window.showSaveFilePicker === undefined) return memorySink(name, type)
  try {
    return await fileSink(await window.showSaveFilePicker({ suggestedName: name }))
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null
    throw error
  }
}
