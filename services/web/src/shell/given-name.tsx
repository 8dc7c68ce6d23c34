import classes from './given-name.module.css'
import type { ReactNode } from 'react'

/** A name that somebody outside gave: of a column, a key, a rule. It is broken anywhere before it widens what it stands in. */
export const GivenName = ({ children }: { children: ReactNode }) => <span className={classes['name']}>{children}</span>
