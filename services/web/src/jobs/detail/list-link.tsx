import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { JobSearch } from '../job-search.ts'

/** The list of jobs, filtered to those that are spoken of. */
export function ListLink({ search }: { search: JobSearch }) {
  return (
    <Anchor size="xs" renderRoot={(props) => <Link {...props} to="/jobs" search={search} />}>
      Show in the list
    </Anchor>
  )
}
