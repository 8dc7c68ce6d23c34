import { Button, Menu, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDownload, IconFileImport, IconFileTypeCsv, IconJson } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { jobCounts } from '../../api/job-calls.ts'
import { useMay } from '../../api/me.ts'
import { openExport, type ExportFormat } from '../../api/transfer-calls.ts'
import { downloads } from '../../files/download.ts'
import { largeSink, memorySink } from '../../files/sinks.ts'
import { usePinnedNow } from '../../live/use-pinned-now.ts'
import { refusal } from '../actions/job-decisions.ts'
import { countLimit, countOfTab, countText } from '../filters/tab-count.ts'
import { countQuery, filterQuery, type JobSearch } from '../job-search.ts'
import { ImportDialog } from './import-dialog.tsx'

const types: Record<ExportFormat, string> = { csv: 'text/csv', ndjson: 'application/x-ndjson' }

/** The jobs that the filters show as a file, and the way back. */
export function ExportMenu({ search }: { search: JobSearch }) {
  const [importing, dialog] = useDisclosure(false)
  const nowMs = usePinnedNow(search.range)
  const { data: counts } = useQuery(jobCounts(countQuery(search, nowMs)))
  const count = counts === undefined ? null : countOfTab(counts, search)
  const save = async (format: ExportFormat): Promise<void> => {
    const name = `jobs.${format}`
    // Asked before anything else: a browser lets a page ask this only right after a click.
    const large = count !== null && count >= countLimit
    const sink = large ? await largeSink(name, types[format]) : memorySink(name, types[format])
    if (sink === null) return
    const open = (signal: AbortSignal) => openExport(filterQuery(search, nowMs), format, signal)
    await downloads.start({ name, open, sink })
  }
  return (
    <>
      <Menu width={280} keepMounted={false}>
        <Menu.Target>
          <Button size="xs" variant="default" leftSection={<IconDownload size={14} aria-hidden />}>
            Export
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            {counts === undefined
              ? 'What the filters show'
              : `${countText(counts, search)} ${count === 1 ? 'job' : 'jobs'} that the filters show`}
          </Menu.Label>
          <Menu.Item leftSection={<IconFileTypeCsv size={16} aria-hidden />} onClick={() => void save('csv')}>
            CSV
            <Text size="xs" c="dimmed">
              What a person looks for, for a sheet
            </Text>
          </Menu.Item>
          <Menu.Item leftSection={<IconJson size={16} aria-hidden />} onClick={() => void save('ndjson')}>
            NDJSON
            <Text size="xs" c="dimmed">
              Everything, one job a line; can be imported
            </Text>
          </Menu.Item>
          <Menu.Divider role="separator" />
          <ImportItem onClick={dialog.open} />
        </Menu.Dropdown>
      </Menu>
      {importing && <ImportDialog onClose={dialog.close} />}
    </>
  )
}

function ImportItem({ onClick }: { onClick: () => void }) {
  const refused = refusal(useMay('admin'))
  return (
    <Menu.Item leftSection={<IconFileImport size={16} aria-hidden />} disabled={refused !== null} onClick={onClick}>
      Import…
      <Text size="xs" c="dimmed">
        {refused ?? 'Jobs that another installation exported'}
      </Text>
    </Menu.Item>
  )
}
