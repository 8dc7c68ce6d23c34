import { List, Text } from '@mantine/core'
import { evidenceLabels, partLabels, sureText } from './documentation-labels.ts'
import classes from './documentation.module.css'
import type { DocumentationSentence } from '@plumbline/api'

/** What each sentence rests on, and how sure it is. */
export function EvidenceList({ sentences }: { sentences: DocumentationSentence[] }) {
  if (sentences.length === 0) {
    return (
      <Text size="xs" c="dimmed">
        A person wrote it: there is no evidence to show.
      </Text>
    )
  }
  return (
    <ul className={classes.evidence} aria-label="Evidence">
      {sentences.map(({ part, text, evidence, confidence }) => (
        <li key={`${part} ${text}`}>
          {partLabels[part]}, {sureText(confidence)}: {text}
          <List size="xs" withPadding listStyleType="'– '">
            {evidence.map((reason) => (
              <List.Item key={`${reason.kind} ${reason.text}`}>
                {evidenceLabels[reason.kind]}: {reason.text}
              </List.Item>
            ))}
          </List>
        </li>
      ))}
    </ul>
  )
}
