import { Badge, Button, Code, Group, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import { counted, numberText } from '../../text/count.ts'
import { AssetName } from '../asset-name.tsx'
import { ChangeImpact } from './change-impact.tsx'
import { changeLabels } from './change-labels.ts'
import { byAsset } from './group-changes.ts'
import classes from './changes.module.css'
import type { Comparison, SchemaChangeView } from '@plumbline/api'

/** A change as a discovery or a comparison tells it; only a discovery knows what lay downstream. */
export type ShownChange = Comparison['changes'][number] & Partial<Pick<SchemaChangeView, 'downstream'>>

/** So many changes of an asset are shown at once: of a table that was made over, a screen full says it. */
const shownAtOnce = 8
/** So many assets are shown at once; two snapshots may differ in a thousand. */
const assetsAtOnce = 50

/** Changes under the asset they are of, each as a diff: what was there and what is there now. */
export function ChangeList({ changes }: { changes: readonly ShownChange[] }) {
  const [limit, setLimit] = useState(assetsAtOnce)
  const groups = byAsset(changes)
  return (
    <Stack gap="sm">
      {groups.slice(0, limit).map((group) => {
        const [first] = group
        return first !== undefined && <AssetChanges key={first.asset.id} asset={first.asset} changes={group} />
      })}
      {groups.length > limit && (
        <Button variant="default" onClick={() => setLimit((before) => before + assetsAtOnce)}>
          Show more of the other {counted(groups.length - limit, 'asset')}
        </Button>
      )}
    </Stack>
  )
}

interface AssetChangesProps {
  asset: ShownChange['asset']
  changes: readonly ShownChange[]
}

/** What breaks comes first, then by column; of many the rest is folded away. */
function AssetChanges({ asset, changes }: AssetChangesProps) {
  const [all, { open }] = useDisclosure(false)
  const ordered = changes.toSorted(
    (one, other) =>
      Number(other.breaking) - Number(one.breaking) ||
      (one.column ?? '').localeCompare(other.column ?? '', 'en', { numeric: true }),
  )
  const folded = all ? 0 : Math.max(0, ordered.length - shownAtOnce)
  return (
    <div className={classes.asset}>
      <div className={classes.assetName}>
        <AssetName asset={asset} linked />
      </div>
      <ul className={classes.changes}>
        {ordered.slice(0, ordered.length - folded).map((change) => (
          <Change key={`${change.kind} ${change.column} ${change.before} ${change.after}`} change={change} />
        ))}
      </ul>
      {folded > 0 && (
        <Button variant="subtle" size="compact-sm" m={6} onClick={open}>
          Show {numberText(folded)} more of this asset
        </Button>
      )}
    </div>
  )
}

function Change({ change }: { change: ShownChange }) {
  return (
    <li className={change.breaking ? `${classes.change} ${classes.breaking}` : classes.change}>
      <Group gap={6}>
        <Text size="sm" fw={500}>
          {changeLabels[change.kind]}
          {change.column !== null && (
            <>
              {' '}
              <Code>{change.column}</Code>
            </>
          )}
        </Text>
        {change.breaking && <BreakingBadge />}
        {change.reason !== null && (
          <Text size="xs" c="dimmed">
            {change.reason}
          </Text>
        )}
      </Group>
      <Diff before={change.before} after={change.after} />
      {change.downstream && change.downstream.total > 0 && <ChangeImpact downstream={change.downstream} />}
    </li>
  )
}

export function BreakingBadge({ count }: { count?: number }) {
  return (
    <Badge
      color="red"
      variant="light"
      tt="none"
      leftSection={<IconAlertTriangle size={12} aria-hidden />}
      style={{ flexShrink: 0 }}
    >
      {count === undefined ? 'Breaking' : `${count} breaking`}
    </Badge>
  )
}

/** A line a side, as every diff has it; the signs are read out, since color alone tells nothing. */
function Diff({ before, after }: { before: string | null; after: string | null }) {
  return (
    <div className={classes.diff}>
      {before !== null && <Line sign="−" label="before" className={classes.before} text={before} />}
      {after !== null && <Line sign="+" label="after" className={classes.after} text={after} />}
    </div>
  )
}

function Line({ sign, label, className, text }: { sign: string; label: string; className?: string; text: string }) {
  return (
    <div className={className}>
      <span aria-label={label}>{sign}</span>
      <code>{text}</code>
    </div>
  )
}
