namespace Functional.Runtime

module internal Placeholder =
    let nothing = ()
