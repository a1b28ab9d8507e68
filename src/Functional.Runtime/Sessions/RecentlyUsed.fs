namespace Functional.Runtime.Sessions

open System.Collections.Generic

/// Values by key, of which no more than `capacity` are kept: `release` gets those that were not used for longest.
[<Sealed>]
type RecentlyUsed<'Key, 'Value when 'Key: equality and 'Key: not null>(capacity: int, release: 'Value -> unit) =
    let nodes = Dictionary<'Key, LinkedListNode<KeyValuePair<'Key, 'Value>>>()
    /// The one used last is the first.
    let order = LinkedList<KeyValuePair<'Key, 'Value>>()

    let drop (node: LinkedListNode<KeyValuePair<'Key, 'Value>>) : unit =
        nodes.Remove node.Value.Key |> ignore
        order.Remove node
        release node.Value.Value

    /// The value of a key, if it is kept.
    member _.TryGet(key: 'Key) : 'Value voption =
        match nodes.TryGetValue key with
        | true, node ->
            if not (obj.ReferenceEquals(order.First, node)) then
                order.Remove node
                order.AddFirst node

            ValueSome node.Value.Value
        | false, _ -> ValueNone

    /// Keeps a value under a key that has none.
    member _.Add(key: 'Key, value: 'Value) : unit =
        match order.Last with
        | null -> ()
        | oldest when nodes.Count >= capacity -> drop oldest
        | _ -> ()

        nodes.Add(key, order.AddFirst(KeyValuePair(key, value)))

    /// The value of a key, made if it is not kept.
    member this.GetOrAdd(key: 'Key, make: 'Key -> 'Value) : 'Value =
        match this.TryGet key with
        | ValueSome value -> value
        | ValueNone ->
            let value = make key
            this.Add(key, value)
            value

    /// Releases all values.
    member _.Clear() : unit =
        for entry in order do
            release entry.Value

        order.Clear()
        nodes.Clear()
