import { useSyncExternalStore } from 'react'
import { session } from '../api/backend.ts'
import { JobActionsProvider } from '../jobs/actions/job-actions.tsx'
import { LiveProvider } from '../live/live-provider.tsx'
import { Shell } from './shell.tsx'
import { SignInPage } from './sign-in-page.tsx'

/** The page for who is signed in, else the question for a token. */
export function SignedIn() {
  const { token, rejected } = useSyncExternalStore(session.subscribe, session.state)
  if (token === null) return <SignInPage rejected={rejected} />
  return (
    <LiveProvider key={token}>
      <JobActionsProvider>
        <Shell />
      </JobActionsProvider>
    </LiveProvider>
  )
}
