import "react";

declare module "react" {
  interface InputHTMLAttributes<T> {
    /** Lets a file input choose a folder; every browser has it, React's types do not. */
    webkitdirectory?: T extends HTMLInputElement ? string : never;
  }
}
