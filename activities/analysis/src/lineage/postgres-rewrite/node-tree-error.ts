/** A text that is no node tree, or a tree that does not fit together; the rest of the job goes on without it. */
export class NodeTreeError extends Error {
  override readonly name = 'NodeTreeError'
  /** In characters from 0; null where the text is sound, but what it says is not. */
  readonly position: number | null

  constructor(message: string, position: number | null) {
    super(position === null ? message : `${message} at character ${position}`)
    this.position = position
  }
}
