import { useState, type ReactNode } from 'react'
import { erringFields } from '../api/problem.ts'
import { AttentionAlert } from './attention-alert.tsx'

interface FormCheck {
  /** Whether it may be sent; where not, the note appears and the keyboard goes to the first field with an error. */
  passes: () => boolean
  /** Somebody tried to send it while it could not be. */
  held: boolean
  /** How many fields need attention, after a send that was held back. */
  note: ReactNode
}

/** Holds a form back while fields of it have problems that the page itself knows of. */
export function useFormCheck(problems: Record<string, string>, shownFields: readonly string[]): FormCheck {
  const [times, setTimes] = useState(0)
  const erring = erringFields(Object.keys(problems), shownFields)
  return {
    passes: () => {
      if (erring > 0) setTimes((before) => before + 1)
      return erring === 0
    },
    held: times > 0,
    note: times > 0 && erring > 0 && <AttentionAlert key={times} count={erring} />,
  }
}
