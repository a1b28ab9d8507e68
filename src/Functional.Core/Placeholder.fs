namespace Functional.Core

module internal Placeholder =
    let nothing = ()
