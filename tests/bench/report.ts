/** One thing that is measured against what was promised. */
export interface Target {
  /** What is measured, in words. */
  name: string
  /** The measured value, with its unit, as it is printed. */
  figure: string
  /** What it must be: `≤ 10 × psql`. */
  target: string
  /** What it is compared with, measured in the same run: `psql 120 ms`. */
  reference?: string
  ok: boolean
}

export interface Report {
  /** Prints the line of a target. */
  add(target: Target): void
  /** Prints `N ok, N short`. @returns the exit code: 1 when a target is short */
  end(): number
}

/** The lines of a bench: `name: figure (target …, reference …) ok|short`. */
export function createReport(print: (line: string) => void): Report {
  const count = { ok: 0, short: 0 }
  return {
    add({ name, figure, target, reference, ok }) {
      count[ok ? 'ok' : 'short']++
      const against = [`target ${target}`, ...(reference === undefined ? [] : [`reference ${reference}`])].join(', ')
      print(`${name}: ${figure} (${against}) ${ok ? 'ok' : 'short'}`)
    },
    end() {
      print(`${count.ok} ok, ${count.short} short`)
      return count.short === 0 ? 0 : 1
    },
  }
}
