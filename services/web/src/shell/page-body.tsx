import type { ReactNode } from 'react'
import classes from './shell.module.css'

/** What lies below the header of a page and scrolls by itself. */
export const PageBody = ({ children }: { children: ReactNode }) => <div className={classes['body']}>{children}</div>
