import { Button, Group, Menu, SegmentedControl, Stack } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { documentationSummary, openDocumentationExport } from '../../api/documentation-calls.ts'
import { useMay } from '../../api/me.ts'
import { downloads } from '../../files/download.ts'
import { memorySink } from '../../files/sinks.ts'
import { PageLoading } from '../../shell/page-loading.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { PlaceDocumentation } from './place-documentation.tsx'
import { TableDocumentation } from './table-documentation.tsx'
import { TextList } from './text-list.tsx'
import type { AssetDetail, DocumentationFormat, DocumentationSummary } from '@plumbline/api'
import type { ActionDecision } from '@plumbline/workflows'

const views = ['read', 'review', 'rejected'] as const
type View = (typeof views)[number]

/** What is said of the asset and of all below it: to read, to decide, and what was rejected. */
export function DocumentationPanel({ asset }: { asset: AssetDetail }) {
  const summary = useQuery(documentationSummary(asset.id))
  const [view, setView] = useState<View>('read')
  const may = useMay('operator')
  const decision: ActionDecision =
    asset.removedAt === null ? may : { allowed: false, reason: 'It was removed from the source' }
  if (summary.isError) return <ProblemAlert error={summary.error} onRetry={() => void summary.refetch()} />
  if (summary.isPending) return <PageLoading />
  return (
    <Stack>
      <Group justify="space-between">
        <SegmentedControl
          size="xs"
          aria-label="Which texts"
          data={labelled(summary.data)}
          value={view}
          onChange={(next) => setView(views.find((one) => one === next) ?? 'read')}
        />
        <ExportMenu asset={asset} />
      </Group>
      <ViewOf view={view} asset={asset} summary={summary.data} decision={decision} />
    </Stack>
  )
}

const labelled = ({ waiting }: DocumentationSummary): { value: View; label: string }[] => [
  { value: 'read', label: 'Read' },
  { value: 'review', label: `To review ${waiting}` },
  { value: 'rejected', label: 'Rejected' },
]

interface ViewOfProps {
  view: View
  asset: AssetDetail
  summary: DocumentationSummary
  decision: ActionDecision
}

function ViewOf({ view, asset, summary, decision }: ViewOfProps) {
  switch (view) {
    case 'read':
      if (asset.kind === 'database' || asset.kind === 'schema')
        return <PlaceDocumentation asset={asset} summary={summary} decision={decision} />
      return <TableDocumentation asset={asset} decision={decision} />
    case 'review':
      return (
        <TextList
          key={view}
          asset={asset}
          state={['proposed']}
          decision={decision}
          none="Nothing waits for a review."
        />
      )
    case 'rejected':
      return <TextList key={view} asset={asset} state={['rejected']} decision={decision} none="Nothing was rejected." />
  }
}

const files: Record<DocumentationFormat, { name: string; type: string; label: string }> = {
  markdown: { name: 'documentation.md', type: 'text/markdown', label: 'Markdown' },
  csv: { name: 'documentation.csv', type: 'text/csv', label: 'CSV' },
}

function ExportMenu({ asset }: { asset: AssetDetail }) {
  const save = (format: DocumentationFormat): Promise<void> => {
    const { name, type } = files[format]
    const open = (signal: AbortSignal) => openDocumentationExport(asset.id, format, signal)
    return downloads.start({ name, open, sink: memorySink(name, type) })
  }
  return (
    <Menu keepMounted={false}>
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconDownload size={14} aria-hidden />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void save('markdown')}>{files.markdown.label}</Menu.Item>
        <Menu.Item onClick={() => void save('csv')}>{files.csv.label}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
