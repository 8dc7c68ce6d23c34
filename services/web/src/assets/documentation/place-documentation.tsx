import { Progress, Stack, Text } from '@mantine/core'
import { IconFileDescription } from '@tabler/icons-react'
import { EmptyNote } from '../../shell/empty-note.tsx'
import { counted, numberText } from '../../text/count.ts'
import { DescribeButton } from './describe-button.tsx'
import { TableDocumentation } from './table-documentation.tsx'
import { TextList } from './text-list.tsx'
import type { AssetDetail, DocumentationSummary } from '@plumbline/api'
import type { ActionDecision } from '@plumbline/workflows'

interface PlaceDocumentationProps {
  asset: AssetDetail
  summary: DocumentationSummary
  decision: ActionDecision
}

/** Of a database or schema: what people say of it, how much below it is described, and those texts. */
export function PlaceDocumentation({ asset, summary, decision }: PlaceDocumentationProps) {
  const { relations, documentedRelations, documentedColumns } = summary
  return (
    <Stack>
      <TableDocumentation asset={asset} decision={decision} />
      {documentedRelations + documentedColumns === 0 ? (
        <EmptyNote
          icon={IconFileDescription}
          title="No table is described yet"
          text="Let a job say what tables and columns mean, from what is known of them. What people write is never overwritten."
        >
          {relations > 0 && <DescribeButton asset={asset} label="Describe these tables" />}
        </EmptyNote>
      ) : (
        <>
          <Coverage summary={summary} />
          <TextList
            asset={asset}
            state={['proposed', 'accepted', 'edited']}
            decision={decision}
            none="No text is shown."
          />
        </>
      )}
    </Stack>
  )
}

function Coverage({ summary }: { summary: DocumentationSummary }) {
  const { relations, documentedRelations, columns, documentedColumns } = summary
  const all = relations + columns
  return (
    <div>
      <Text size="sm">
        {numberText(documentedRelations)} of {counted(relations, 'table or view', 'tables and views')} and{' '}
        {numberText(documentedColumns)} of {counted(columns, 'column')} are described.
      </Text>
      <Progress
        mt={4}
        maw={420}
        aria-label="Described"
        value={all === 0 ? 0 : (100 * (documentedRelations + documentedColumns)) / all}
      />
    </div>
  )
}
