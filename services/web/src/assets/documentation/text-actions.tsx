import { ActionIcon, Group, Tooltip } from '@mantine/core'
import { IconCheck, IconHelpCircle, IconHistory, IconPencil, IconX, type Icon } from '@tabler/icons-react'
import { openText } from './text-item.ts'
import classes from './documentation.module.css'
import type { TextRowProps } from './text-row-props.ts'
import type { ActionDecision } from '@plumbline/workflows'

type TextActionsProps = Pick<TextRowProps, 'item' | 'decision' | 'opened' | 'onOpen' | 'onJudge'>

/** What can be done with a text; where it is not allowed, the reason is in the tooltip. */
export function TextActions({ item, decision, opened, onOpen, onJudge }: TextActionsProps) {
  const open = openText(item)
  const { name } = item
  const sentences = (item.text?.sentences.length ?? 0) + (item.proposal?.sentences.length ?? 0)
  return (
    <Group gap={4} wrap="nowrap" className={classes.actions ?? ''}>
      {open !== null && (
        <IconButton
          icon={IconCheck}
          color="green"
          label={`Accept the text of ${name}`}
          decision={decision}
          onClick={() => onJudge('accept')}
        />
      )}
      {open !== null && open.state !== 'rejected' && (
        <IconButton
          icon={IconX}
          color="red"
          label={`Reject the text of ${name}`}
          decision={decision}
          onClick={() => onJudge('reject')}
        />
      )}
      <IconButton
        icon={IconPencil}
        label={`Edit the text of ${name}`}
        decision={decision}
        onClick={() => onOpen('edit')}
      />
      {sentences > 0 && (
        <IconButton
          icon={IconHelpCircle}
          label={`Why: evidence of ${name}`}
          pressed={opened === 'why'}
          onClick={() => onOpen('why')}
        />
      )}
      {item.text !== null && (
        <IconButton icon={IconHistory} label={`Versions of ${name}`} onClick={() => onOpen('history')} />
      )}
    </Group>
  )
}

interface IconButtonProps {
  icon: Icon
  label: string
  color?: string
  decision?: ActionDecision
  pressed?: boolean
  onClick: () => void
}

function IconButton({
  icon: Icon,
  label,
  color = 'gray',
  decision = { allowed: true },
  pressed,
  onClick,
}: IconButtonProps) {
  return (
    <Tooltip label={decision.allowed ? label : decision.reason}>
      <ActionIcon
        size="sm"
        variant={pressed ? 'filled' : 'light'}
        color={color}
        aria-label={label}
        aria-pressed={pressed}
        aria-disabled={!decision.allowed}
        onClick={() => {
          if (decision.allowed) onClick()
        }}
      >
        <Icon size={14} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}
