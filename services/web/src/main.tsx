import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './main.css'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { session } from './api/backend.ts'
import { queryClient } from './api/query-client.ts'
import { tokenInHash } from './api/session.ts'
import { router } from './router.tsx'
import { readableQuietText, theme } from './theme.ts'

signInFromAddress()
window.addEventListener('hashchange', signInFromAddress)
// Nothing that was read under one token is shown under another.
session.subscribe(() => queryClient.clear())

/** `/#token=…` signs in and leaves no trace in the address bar or the history. */
function signInFromAddress(): void {
  const token = tokenInHash(location.hash)
  if (token === null) return
  history.replaceState(history.state, '', location.pathname + location.search)
  session.signIn(token)
}

const root = document.querySelector('#root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={readableQuietText} defaultColorScheme="auto">
      <Notifications position="bottom-right" limit={4} />
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
