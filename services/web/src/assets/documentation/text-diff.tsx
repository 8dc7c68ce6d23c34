import { VisuallyHidden } from '@mantine/core'
import { diffWordsWithSpace } from 'diff'
import { useMemo } from 'react'
import classes from './documentation.module.css'

/** Long texts that have nothing in common are compared for so long at most; then one stands after the other. */
const timeoutMs = 200

/** What is different between two texts, word by word. */
export function TextDiff({ before, after }: { before: string; after: string }) {
  const parts = useMemo(() => diffWordsWithSpace(before, after, { timeout: timeoutMs }), [before, after])
  return (
    <p className={`${classes.plain} ${classes.diff}`}>
      {parts === undefined ? (
        <>
          <Removed text={before} /> <Added text={after} />
        </>
      ) : (
        parts.map(({ value, added, removed }, index) => {
          // The parts have nothing of their own but their place.
          const key = `${index}`
          if (added) return <Added key={key} text={value} />
          return removed ? <Removed key={key} text={value} /> : <span key={key}>{value}</span>
        })
      )}
    </p>
  )
}

function Added({ text }: { text: string }) {
  return (
    <ins>
      <VisuallyHidden> added: </VisuallyHidden>
      {text}
    </ins>
  )
}

function Removed({ text }: { text: string }) {
  return (
    <del>
      <VisuallyHidden> removed: </VisuallyHidden>
      {text}
    </del>
  )
}
