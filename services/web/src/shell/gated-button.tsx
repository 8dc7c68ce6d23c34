import { Button, Tooltip, type ButtonProps } from '@mantine/core'
import type { ActionDecision } from '@plumbline/workflows'
import type { ReactNode } from 'react'

interface GatedButtonProps extends ButtonProps {
  decision: ActionDecision
  onClick: () => void
  children: ReactNode
}

/** A button that may be switched off with a reason. It stays focusable then, so that the keyboard reaches the reason, too. */
export function GatedButton({ decision, onClick, children, ...props }: GatedButtonProps) {
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
  return decision.allowed ? button : <Tooltip label={decision.reason}>{button}</Tooltip>
}
