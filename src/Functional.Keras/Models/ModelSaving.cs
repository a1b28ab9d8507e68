using System.Text.Json.Nodes;
using Functional.Hdf5;
using Functional.Kernels.Memory;

namespace Functional.Keras;

/// <content>Saving and loading.</content>
public partial class Model
{
    private const string OwnMetadata = "functional";

    private readonly List<string> readingWarnings = [];

    /// <summary>
    /// Loads a model that Keras or this library saved: a .keras file of Keras 3 or of TensorFlow's Keras, or a whole-model
    /// .h5 file of Keras 1, 2 or 3. The file is untrusted: nothing of it is executed, and whatever it holds, the worst
    /// outcome is an exception.
    /// </summary>
    /// <param name="path">The file; its content says which of the two it is, whatever its name.</param>
    /// <param name="compile">Whether the model is compiled as it was when it was saved, optimizer state included. Null
    /// compiles it where that can be: a loss or metric that is not known here leaves it uncompiled, with a warning in
    /// <see cref="Warnings"/>. True makes that an exception; false leaves all of it out.</param>
    /// <param name="options">Limits; null for <see cref="LoadOptions.Default"/>.</param>
    /// <returns>The model: a <see cref="Sequential"/> where it was one.</returns>
    /// <exception cref="ModelFileException">The file is damaged, over a limit, or holds what cannot be read; the message
    /// says what.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static Model Load(string path, bool? compile = null, LoadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return ModelFileFormats.Of(path) switch
        {
            ModelFileFormat.Hdf5 => LegacyFile.Load(path, compile),
            ModelFileFormat.Zip => LoadArchive(path, KerasArchive.Read(path, options ?? LoadOptions.Default), compile),
            _ => throw new ModelFileException(path,
                "This file has weights, but not the layers they belong to: make the layers and call LoadWeights."),
        };
    }

    /// <summary>The model that a JSON text describes, with initial weights and not compiled.</summary>
    /// <param name="json">What <see cref="ToJson"/> or Keras's to_json gave.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentException">The text does not describe a model; the message says why.</exception>
    public static Model FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return ModelDescription.ToModel(ModelDescription.Parse(json));
        }
        catch (Exception failure) when (failure is not ArgumentException && ModelFileException.IsAboutContent(failure))
        {
            throw new ArgumentException($"This does not describe a model: {failure.Message}", nameof(json), failure);
        }
    }

    /// <summary>The layers and how they are connected, without weights, as Keras's to_json gives them.</summary>
    /// <param name="indented">Whether the text is indented for people.</param>
    /// <returns>The JSON text.</returns>
    public string ToJson(bool indented = false) =>
        SavedJson.Text(ModelDescription.Of(this), indented);

    /// <summary>
    /// Saves layers, weights, what the model was compiled with, and the state of its optimizer: training goes on exactly
    /// where it stopped. The file is there as a whole or not at all, also when the process dies.
    /// </summary>
    /// <param name="path">The file: .keras, or .h5 (or .hdf5) for a whole-model file as Keras 2 wrote them.</param>
    /// <exception cref="InvalidOperationException">The weights are too large for a .keras file: 2 GiB are the limit.</exception>
    /// <exception cref="IOException">The file cannot be written; the message says why.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is read-only, or its folder is.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (IsHdf5(path))
        {
            LegacyFile.Save(path, this);
            return;
        }

        if (!path.EndsWith(".keras", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"A model is saved as .keras or .h5, but '{path}' ends otherwise.", nameof(path));
        var training = TrainingState();
        SaveArchive(path, training, Metadata(training));
    }

    /// <summary>Saves the weights, and the state of the optimizer, without the layers.</summary>
    /// <param name="path">The file, which ends in .weights.h5.</param>
    public void SaveWeights(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!path.EndsWith(".weights.h5", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"Weights are saved as .weights.h5, but '{path}' ends otherwise.", nameof(path));
        var weights = NewWeightsFile(TrainingState()?.State);
        AtomicFile.Write(path, weights.Write);
    }

    /// <summary>
    /// Loads weights into the layers that are there: by the order of the layers, or by their names. The state of the
    /// optimizer is loaded too where file and model have one.
    /// </summary>
    /// <param name="path">A .weights.h5 file, a .keras file, an .h5 file of Keras 1, 2 or 3, or a .npz or .safetensors file
    /// with arrays named by the paths of the weights, "dense/kernel" or "dense.kernel" (a .npz of arrays without names, as
    /// NumPy's savez(file, *weights) writes it, in the order of the weights).</param>
    /// <param name="byName">Whether layers get the weights of the layer of their name in an .h5 file of Keras 2 (or a
    /// whole-model .h5 file of Keras 3), or weights the arrays of their name in a .npz or .safetensors file; others keep
    /// theirs.</param>
    /// <param name="skipMismatch">Whether layers whose weights do not fit keep theirs, instead of an exception.</param>
    /// <param name="options">Limits; null for <see cref="LoadOptions.Default"/>.</param>
    /// <exception cref="ModelFileException">The file is damaged, or its weights do not fit the layers.</exception>
    public void LoadWeights(
        string path, bool byName = false, bool skipMismatch = false, LoadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var limits = options ?? LoadOptions.Default;
        switch (ModelFileFormats.Of(path))
        {
            case ModelFileFormat.Hdf5:
                ModelFileException.Reading(path, () => ReadWeights(Hdf5File.Open(path), byName, skipMismatch));
                break;
            case ModelFileFormat.Zip when !NamedWeights.IsNpz(path):
                var archive = KerasArchive.Read(path, limits);
                ModelFileException.Reading(path, () => ReadWeights(Hdf5File.Open(archive.Weights), byName, skipMismatch));
                break;
            case ModelFileFormat.Zip or ModelFileFormat.Safetensors:
                ModelFileException.Reading(path, () =>
                {
                    NamedWeights.Read(path, limits, Structure, byName, skipMismatch);
                    return true;
                });
                break;
        }
    }

    /// <summary>What training works with and on, all of one moment, also while it goes on; null before the model is compiled.
    /// </summary>
    internal (Compilation Compilation, ModelState State)? TrainingState()
    {
        // Nobody compiles the model anew in between.
        lock (Changing)
        {
            if (compileArguments is null)
                return null;
            var present = GetTrainer();
            return (present.Compilation, present.Capture());
        }
    }

    /// <summary>Goes on with the state of an optimizer.</summary>
    internal void Resume(OptimizerState? state)
    {
        if (state is null || compileArguments is null)
            return;
        if (state.LearningRate is { } rate && Optimizer.HasConstantLearningRate && rate != (float)Optimizer.LearningRate)
            Optimizer.LearningRate = rate;
        GetTrainer().Resume(state);
    }

    /// <summary>Keeps, and says, what is not as it was when the model was saved.</summary>
    internal void WarnOfFile(string warning)
    {
        readingWarnings.Add(warning);
        Console.Error.WriteLine($"Warning: {warning}");
    }

    /// <summary>The epoch that the present fit begins with: for what restores an earlier state to set.</summary>
    internal int FirstEpoch { get; set; }

    /// <summary>Keeps everything that a fit needs to go on with an epoch.</summary>
    internal void Backup(string path, int nextEpoch)
    {
        var training = TrainingState() ?? throw NotCompiled();
        var metadata = Metadata(training);
        metadata[OwnMetadata]!["next_epoch"] = nextEpoch;
        metadata[OwnMetadata]!["shuffle_seed"] = training.State.ShuffleSeed;
        SaveArchive(path, training, metadata);
    }

    /// <summary>Makes the present fit go on where a backup was made.</summary>
    internal void RestoreBackup(string path) => ModelFileException.Reading(path, () =>
    {
        var archive = KerasArchive.Read(path, LoadOptions.Default);
        var own = archive.Metadata[OwnMetadata]
            ?? throw new ArgumentException("This is no backup: it does not say which epoch is next.");
        GetTrainer().Restart(
            own["seed"]!.GetValue<int>(),
            own["shuffle_seed"]!.GetValue<int>(),
            own["evaluations"]?.GetValue<int>() ?? 0);
        FirstEpoch = own["next_epoch"]!.GetValue<int>();
        ReadWeights(Hdf5File.Open(archive.Weights), byName: false, skipMismatch: false);

        // The file's variable is a float; the configuration has all digits.
        if (Optimizer.HasConstantLearningRate
            && archive.Config["compile_config"]?["optimizer"]?["config"]?["learning_rate"] is JsonValue rate)
        {
            Optimizer.LearningRate = rate.GetValue<double>();
        }

        return true;
    });

    /// <summary>Makes the model stand for a layer of another model.</summary>
    internal void UseAsLayer(Functional.Core.Layers.Layer core) =>
        asLayer = (LayerInstance.Create(core, this), Structure);

    private static bool IsHdf5(string path) =>
        (path.EndsWith(".h5", StringComparison.OrdinalIgnoreCase)
            && !path.EndsWith(".weights.h5", StringComparison.OrdinalIgnoreCase))
        || path.EndsWith(".hdf5", StringComparison.OrdinalIgnoreCase);

    private static Model LoadArchive(string path, KerasArchive archive, bool? compile) =>
        ModelFileException.Reading(path, () =>
        {
            var own = archive.Metadata[OwnMetadata];
            var model = ModelDescription.ToModel(
                archive.Config,
                archive.Metadata["keras_version"]?.ToString(),
                own?["float64"]?.GetValue<bool>() == true);
            using var weights = Hdf5File.Open(archive.Weights);
            model.Structure.Replace(WeightsFile.ReadWeights(weights.Root, model.Structure));
            if (compile != false && archive.Config["compile_config"] is JsonObject compiled
                && CompileConfig.TryApply(
                    compiled, compiled["optimizer"], own?[CompileConfig.Exclusions], model, isDemanded: compile == true))
            {
                model.Resume(WeightsFile.ReadOptimizer(weights.Root, model.Optimizer.HasConstantLearningRate));
                if (own is not null)
                    ResumeRandomness(model.GetTrainer(), own);
            }

            return model;
        });

    /// <summary>Makes training draw the random numbers that it would have drawn next when the file was written.</summary>
    private static void ResumeRandomness(Trainer trainer, JsonNode saved)
    {
        if (saved["seed"] is { } seed)
            trainer.Seed = seed.GetValue<int>();
        trainer.Evaluations = saved["evaluations"]?.GetValue<int>() ?? 0;
    }

    private static JsonObject Metadata((Compilation Compilation, ModelState State)? training)
    {
        var metadata = KerasArchive.NewMetadata();
        var own = new JsonObject();
        if (training is var (compilation, state))
        {
            own["seed"] = state.Seed;
            own["evaluations"] = state.Evaluations;
            if (CompileConfig.ExclusionsOf(compilation.Optimizer) is { } exclusions)
                own[CompileConfig.Exclusions] = exclusions;
        }

        metadata[OwnMetadata] = own;
        return metadata;
    }

    private void SaveArchive(string path, (Compilation Compilation, ModelState State)? training, JsonObject metadata)
    {
        KerasArchive.RequireReadable(Name, SizeInBytes(training?.State.Optimizer));
        var config = ModelDescription.Of(this);
        SavingWarnings.Print(Structure, config);
        if (training is var (compilation, state))
        {
            var compiled = new JsonObject { ["optimizer"] = CompileConfig.Of(compilation.Optimizer, state.Optimizer) };
            foreach (var (key, value) in CompileConfig.Of(compilation))
                compiled[key] = value?.DeepClone();
            config["compile_config"] = compiled;
        }

        var weights = NewWeightsFile(training?.State);
        AtomicFile.Write(path, stream => KerasArchive.Write(stream, metadata, config, weights));
    }

    private long SizeInBytes(OptimizerState? optimizer) =>
        Structure.Weights.Sum(weight => weight.Size * weight.ElementType.SizeInBytes())
        + (optimizer?.Slots.Sum(slot => slot.SizeInBytes) ?? 0);

    private Hdf5FileBuilder NewWeightsFile(ModelState? state)
    {
        var file = new Hdf5FileBuilder();
        WeightsFile.Write(file.Root, Structure, state?.Weights ?? Structure.Table(), state?.Optimizer);
        return file;
    }

    private bool ReadWeights(Hdf5File file, bool byName, bool skipMismatch)
    {
        using (file)
        {
            if (LegacyFile.WeightsOf(file.Root) is { } legacy)
            {
                Structure.Replace(LegacyFile.ReadWeights(legacy, Structure, byName, skipMismatch));
                return true;
            }

            if (byName)
                throw new ArgumentException("Files of this kind do not keep the names of layers, so byName cannot be used.");

            // Everything is read and checked before anything is replaced.
            var values = WeightsFile.ReadWeights(file.Root, Structure, skipMismatch);
            var state = compileArguments is null
                ? null
                : WeightsFile.ReadOptimizer(file.Root, Optimizer.HasConstantLearningRate);
            if (state is not null)
                GetTrainer().Compilation.RequireFit(state);
            Structure.Replace(values);
            Resume(state);
            return true;
        }
    }
}
