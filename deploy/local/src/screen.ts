/** What a start tells the person who watches it. A closed terminal is no reason to end. */
export interface Screen {
  /** A line of its own. */
  say: (line: string) => void
  /** `name  text`, the names in one column. */
  part: (name: string, text: string) => void
}

const nameWidth = 12

export function createScreen(): Screen {
  process.stdout.on('error', () => undefined)
  process.stderr.on('error', () => undefined)
  const say = (line: string) => void process.stdout.write(`${line}\n`)
  return { say, part: (name, text) => say(`  ${name.padEnd(nameWidth)} ${text}`) }
}

/** The time since `from` (of `performance.now()`) as a person reads it. */
export const secondsSince = (from: number): string => `${((performance.now() - from) / 1000).toFixed(1)} s`
