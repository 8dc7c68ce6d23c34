import { Button, CloseButton, Text } from '@mantine/core'
import { IconAlertTriangle, IconBan, IconCircleCheck, IconDownload } from '@tabler/icons-react'
import { useSyncExternalStore } from 'react'
import { asProblem } from '../api/problem.ts'
import { DockLine } from '../shell/dock-line.tsx'
import { bytesText } from '../text/bytes.ts'
import { counted } from '../text/count.ts'
import { downloads, type Download } from './download.ts'

const looks: Record<Download['state'], { icon: typeof IconDownload; word: string }> = {
  running: { icon: IconDownload, word: 'Exporting' },
  done: { icon: IconCircleCheck, word: 'Exported' },
  stopped: { icon: IconBan, word: 'Stopped exporting' },
  failed: { icon: IconAlertTriangle, word: 'Could not export' },
}

/** How far the file is that is being fetched. */
export function DownloadLine() {
  const download = useSyncExternalStore(downloads.subscribe, downloads.current)
  if (download === null) return null
  const { name, lines, bytes, state, error } = download
  const { icon, word } = looks[state]
  return (
    <DockLine label="Export" icon={icon} text={`${word} ${name} · ${counted(lines, 'line')} · ${bytesText(bytes)}`}>
      {state === 'failed' && <Text size="sm">{asProblem(error).detail}</Text>}
      {state === 'running' ? (
        <Button size="compact-sm" variant="default" ml="auto" onClick={downloads.stop}>
          Stop
        </Button>
      ) : (
        <CloseButton size="sm" ml="auto" aria-label="Put away" onClick={downloads.putAway} />
      )}
    </DockLine>
  )
}
