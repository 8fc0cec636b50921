// The same with snippets and marks: what a list of results shows.
import { make } from "./crossread.mjs";
export default make("crossread-snippets", true);
