using Functional.Conformance;

// What a test starts as a child: "save" keeps saving models, "train" trains with backups, "numbers" says which bits models get.
return args switch
{
    ["save", var path] => KilledProcess.SaveForever(path),
    ["train", var folder, var result] => KilledProcess.Train(folder, result),
    ["numbers"] => NumbersProcess.Write(),
    _ => 1,
};
