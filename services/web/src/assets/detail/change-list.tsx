import { Badge, Code, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { AssetName } from '../asset-name.tsx'
import { ChangeImpact } from './change-impact.tsx'
import { changeLabels } from './change-labels.ts'
import { byAsset } from './group-changes.ts'
import classes from './changes.module.css'
import type { Comparison, SchemaChangeView } from '@plumbline/api'

/** A change as a discovery or a comparison tells it; only a discovery knows what lay downstream. */
export type ShownChange = Comparison['changes'][number] & Partial<Pick<SchemaChangeView, 'downstream'>>

/** Changes under the asset they are of, each as a diff: what was there and what is there now. */
export function ChangeList({ changes }: { changes: readonly ShownChange[] }) {
  return (
    <Stack gap="sm">
      {byAsset(changes).map((group) => {
        const [first] = group
        return (
          first !== undefined && (
            <div key={first.asset.id} className={classes.asset}>
              <div className={classes.assetName}>
                <AssetName asset={first.asset} linked />
              </div>
              <ul className={classes.changes}>
                {group.map((change) => (
                  <Change key={`${change.kind} ${change.column} ${change.before} ${change.after}`} change={change} />
                ))}
              </ul>
            </div>
          )
        )
      })}
    </Stack>
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
