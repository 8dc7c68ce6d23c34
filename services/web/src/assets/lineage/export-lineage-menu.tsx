import { Button, Menu, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { openLineageExport, type LineageQuery } from '../../api/asset-calls.ts'
import { downloads } from '../../files/download.ts'
import { memorySink } from '../../files/sinks.ts'
import type { LineageFormat } from '@plumbline/api'

const formats: Record<LineageFormat, { label: string; text: string; name: string; type: string }> = {
  csv: { label: 'CSV', text: 'One line a pair of columns, for a sheet', name: 'lineage.csv', type: 'text/csv' },
  mermaid: {
    label: 'Mermaid',
    text: 'A flowchart for Markdown pages',
    name: 'lineage.mmd',
    type: 'text/vnd.mermaid',
  },
  openlineage: {
    label: 'OpenLineage',
    text: 'Dataset events with column lineage, one a line',
    name: 'lineage.openlineage.ndjson',
    type: 'application/x-ndjson',
  },
}

/** The lineage that is shown, up to five thousand nodes of it, as a file. */
export function ExportLineageMenu({ assetId, query }: { assetId: string; query: LineageQuery }) {
  const save = (format: LineageFormat): void => {
    const { name, type } = formats[format]
    const open = (signal: AbortSignal) => openLineageExport(assetId, query, format, signal)
    void downloads.start({ name, open, sink: memorySink(name, type) })
  }
  return (
    <Menu width={280} keepMounted={false}>
      <Menu.Target>
        <Button size="compact-xs" variant="default" leftSection={<IconDownload size={14} aria-hidden />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(['csv', 'mermaid', 'openlineage'] as const).map((format) => (
          <Menu.Item key={format} onClick={() => save(format)}>
            {formats[format].label}
            <Text size="xs" c="dimmed">
              {formats[format].text}
            </Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
