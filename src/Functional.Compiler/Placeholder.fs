namespace Functional.Compiler

module internal Placeholder =
    let nothing = ()
