import { Anchor, type AnchorProps } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

interface JobLinkProps extends AnchorProps {
  jobId: string
  /** Opens the details over the list that lies below, instead of as a page. */
  overList?: boolean
  tabIndex?: number
  onClick?: () => void
  children: ReactNode
}

/** A link to a job's details. The list's filters stay in the address, so that closing comes back to the same list. */
export function JobLink({ jobId, overList = false, children, ...props }: JobLinkProps) {
  return (
    <Anchor
      {...props}
      renderRoot={(root) => (
        <Link
          {...root}
          to="/jobs/$jobId"
          params={{ jobId }}
          search={(before) => (overList ? before : {})}
          state={{ overList }}
        />
      )}
    >
      {children}
    </Anchor>
  )
}
