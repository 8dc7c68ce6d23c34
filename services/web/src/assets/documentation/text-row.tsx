import { Checkbox, Text } from '@mantine/core'
import { useRowFocus } from '../../shell/use-row-focus.ts'
import { AssetName } from '../asset-name.tsx'
import { EditText } from './edit-text.tsx'
import { TextActions } from './text-actions.tsx'
import { TextDiff } from './text-diff.tsx'
import { TextView } from './text-view.tsx'
import classes from './documentation.module.css'
import type { TextItem } from './text-item.ts'
import type { TextRowProps } from './text-row-props.ts'

export function TextRow(props: TextRowProps) {
  const { item, opened, focus, tabStop, chosen, onChoose, onKeyDown, onFocus, onEdited } = props
  const ref = useRowFocus<HTMLLIElement>(focus)
  return (
    <li
      ref={ref}
      className={classes.row}
      tabIndex={tabStop ? 0 : -1}
      aria-label={`Text of ${item.name}`}
      data-chosen={chosen || undefined}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
    >
      {chosen !== undefined && (
        <Checkbox
          size="xs"
          mt={3}
          tabIndex={-1}
          aria-label={`Choose ${item.name}`}
          checked={chosen}
          onChange={onChoose}
        />
      )}
      <div className={classes.body}>
        <Heading item={item} />
        {opened === 'edit' ? (
          <EditText item={item} onClose={onEdited} />
        ) : (
          <Texts item={item} explained={opened === 'why'} />
        )}
      </div>
      {opened !== 'edit' && <TextActions {...props} />}
    </li>
  )
}

function Heading({ item: { asset, column, name } }: { item: TextItem }) {
  if (asset === null) return <span className={classes.name}>{name}</span>
  return (
    <div>
      <AssetName asset={asset} linked />
      {column !== null && <span className={classes.name}>{column}</span>}
    </div>
  )
}

function Texts({ item: { text, proposal, replaces }, explained }: { item: TextItem; explained: boolean }) {
  return (
    <>
      {text === null ? (
        <Text size="sm" c="dimmed">
          Nothing is said of it.
        </Text>
      ) : (
        <TextView text={text} explained={explained} />
      )}
      {text !== null && replaces !== null && (
        <Instead label="Instead of the accepted text" before={replaces} after={text.text} />
      )}
      {text !== null && proposal !== null && (
        <div className={classes.proposal}>
          <Text size="xs" fw={600}>
            A run proposes instead
          </Text>
          <TextView text={proposal} explained={explained} />
          <Instead label="What would change" before={text.text} after={proposal.text} />
        </div>
      )}
    </>
  )
}

function Instead({ label, before, after }: { label: string; before: string; after: string }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <TextDiff before={before} after={after} />
    </div>
  )
}
