import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { documentationHistory } from '../../api/documentation-calls.ts'
import { GatedButton } from '../../shell/gated-button.tsx'
import { PageLoading } from '../../shell/page-loading.tsx'
import { ProblemAlert } from '../../shell/problem-alert.tsx'
import { TextDiff } from './text-diff.tsx'
import { SourceLine } from './text-view.tsx'
import { useSetText } from './use-set-text.ts'
import classes from './documentation.module.css'
import type { TextItem } from './text-item.ts'
import type { DocumentationVersion } from '@plumbline/api'
import type { ActionDecision } from '@plumbline/workflows'

interface HistoryDialogProps {
  item: TextItem
  decision: ActionDecision
  onClose: () => void
}

/** Every version of a text, newest first, each with what is different from the one before it. */
export function HistoryDialog({ item, decision, onClose }: HistoryDialogProps) {
  const history = useInfiniteQuery(documentationHistory(item.assetId, item.column))
  const restore = useSetText(item, onClose)
  const versions = history.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Modal opened size="lg" onClose={onClose} title={`Versions of ${item.name}`}>
      <Stack gap="lg">
        {history.isError && <ProblemAlert error={history.error} onRetry={() => void history.refetch()} />}
        {history.isPending && <PageLoading />}
        {restore.isError && <ProblemAlert error={restore.error} />}
        {versions.map((version, index) => (
          <Version
            key={version.version}
            version={version}
            before={versions[index + 1]}
            decision={decision}
            onRestore={() => restore.mutate({ text: version.text, ifVersion: item.text?.version ?? null })}
          />
        ))}
        {history.hasNextPage && (
          <Button variant="default" loading={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
            Show older versions
          </Button>
        )}
      </Stack>
    </Modal>
  )
}

interface VersionProps {
  version: DocumentationVersion
  /** The one before it, where it was read. */
  before: DocumentationVersion | undefined
  decision: ActionDecision
  onRestore: () => void
}

function Version({ version, before, decision, onRestore }: VersionProps) {
  return (
    <Stack gap={6} component="section" aria-label={`Version ${version.version}`}>
      <Group justify="space-between">
        <Text size="sm" fw={600}>
          Version {version.version}
          {version.replacedAt === null && version.state !== 'rejected' && ', in use'}
        </Text>
        {version.replacedAt !== null && (
          <GatedButton size="compact-xs" variant="default" decision={decision} onClick={onRestore}>
            Use these words again
          </GatedButton>
        )}
      </Group>
      {before === undefined ? (
        <p className={classes.plain}>{version.text}</p>
      ) : (
        <TextDiff before={before.text} after={version.text} />
      )}
      <SourceLine text={version} />
    </Stack>
  )
}
