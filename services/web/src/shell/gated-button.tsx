import { Button, Tooltip, type ButtonProps } from '@mantine/core'
import type { ActionDecision } from '@plumbline/workflows'
import type { ReactNode } from 'react'

export interface GatedButtonProps extends ButtonProps {
  decision: ActionDecision
  onClick: () => void
  /** What it does, where it has no words to say it. */
  tip?: string
  children: ReactNode
}

/** A button that may be switched off with a reason. It stays focusable then, so that the keyboard reaches the reason, too. */
export function GatedButton({ decision, onClick, tip, children, ...props }: GatedButtonProps) {
  const button = (
    <Button
      {...props}
      data-disabled={!decision.allowed || undefined}
      aria-disabled={!decision.allowed}
      onClick={() => {
        if (decision.allowed) onClick()
      }}
    >
      {children}
    </Button>
  )
  const said = decision.allowed ? tip : decision.reason
  return said === undefined ? button : <Tooltip label={said}>{button}</Tooltip>
}
