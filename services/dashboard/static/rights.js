// Who may do more than look.

import { state } from "./store.js";

/** A viewer sees everything and changes nothing; the edge refuses it in any case. */
export const mayAct = () => state.user?.role !== "viewer";

/** An administrator says who may sign in. */
export const mayManage = () => state.user?.role === "admin";
