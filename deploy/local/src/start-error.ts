/** What a person can mend: printed as it is, without a stack. `hint` says how. */
export class StartError extends Error {
  override readonly name = 'StartError'
  readonly hint: string | undefined

  constructor(message: string, hint?: string, options?: ErrorOptions) {
    super(message, options)
    this.hint = hint
  }
}
