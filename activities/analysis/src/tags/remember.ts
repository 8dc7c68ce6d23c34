/** Names repeat from table to table. The bound keeps a source with a million different ones from filling the memory. */
const mostRemembered = 20_000

/** A pure function of a name that remembers its answers. */
export function remember<R>(read: (name: string) => R): (name: string) => R {
  const answers = new Map<string, { answer: R }>()
  return (name) => {
    const known = answers.get(name)
    if (known) return known.answer
    if (answers.size >= mostRemembered) answers.clear()
    const answer = read(name)
    answers.set(name, { answer })
    return answer
  }
}
