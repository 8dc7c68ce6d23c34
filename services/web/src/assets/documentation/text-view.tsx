import { Badge, Group, Text } from '@mantine/core'
import { JobLink } from '../../jobs/job-link.tsx'
import { TimeAgo } from '../../shell/time-ago.tsx'
import { partLabels, sourceText, sureText, verdictText } from './documentation-labels.ts'
import { EvidenceList } from './evidence-list.tsx'
import classes from './documentation.module.css'
import type { DocumentationSentence, DocumentationText } from '@plumbline/api'

/** A text by its parts, with who wrote it; on demand with what each sentence rests on. Nothing in it becomes markup or a link. */
export function TextView({ text, explained }: { text: DocumentationText; explained: boolean }) {
  return (
    <>
      {text.sentences.length === 0 ? (
        <p className={classes.plain}>{text.text}</p>
      ) : (
        <Parts sentences={text.sentences} />
      )}
      <SourceLine text={text} />
      {explained && <EvidenceList sentences={text.sentences} />}
    </>
  )
}

function Parts({ sentences }: { sentences: DocumentationSentence[] }) {
  const parts = [...Map.groupBy(sentences, ({ part }) => part)]
  const [only] = parts
  const words = (said: DocumentationSentence[]) => said.map(({ text }) => text).join(' ')
  if (parts.length === 1 && only !== undefined) return <p className={classes.plain}>{words(only[1])}</p>
  return (
    <dl className={classes.parts}>
      {parts.map(([part, said]) => (
        <PartRow key={part} label={partLabels[part]} text={words(said)} />
      ))}
    </dl>
  )
}

function PartRow({ label, text }: { label: string; text: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{text}</dd>
    </>
  )
}

const stateColors: Record<DocumentationText['state'], string> = {
  proposed: 'yellow',
  accepted: 'green',
  rejected: 'red',
  edited: 'gray',
}
const sourceColors: Record<DocumentationText['source'], string> = { ai: 'violet', rules: 'blue', manual: 'green' }

/** Who wrote it and when, how sure it is, and what people said of it. */
export function SourceLine({ text }: { text: DocumentationText }) {
  const verdict = verdictText(text)
  return (
    <Group gap={6} c="dimmed" fz="xs">
      <Badge size="sm" variant="light" tt="none" color={sourceColors[text.source]}>
        {sourceText(text)}
      </Badge>
      {verdict !== null && (
        <Badge size="sm" variant="light" tt="none" color={stateColors[text.state]}>
          {verdict}
        </Badge>
      )}
      {text.confidence !== null && (
        <Text span inherit>
          {sureText(text.confidence)}
        </Text>
      )}
      <TimeAgo at={text.writtenAt} />
      {text.jobId !== null && (
        <JobLink jobId={text.jobId} size="xs">
          Run
        </JobLink>
      )}
    </Group>
  )
}
