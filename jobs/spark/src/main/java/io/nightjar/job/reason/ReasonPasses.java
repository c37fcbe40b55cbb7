package io.nightjar.job.reason;

import io.nightjar.backbone.spec.Size;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.job.embed.Chunk;
import io.nightjar.job.embed.ChunkEmbedding;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.measure.MapSource;
import io.nightjar.job.measure.ScoredImage;
import io.nightjar.job.options.StageWork.Counted;
import io.nightjar.job.run.RunContext;
import io.nightjar.pca.components.PatchReduction;
import io.nightjar.report.reason.CategoryReasons;
import io.nightjar.report.reason.ReasonPlan;
import io.nightjar.score.AnomalyMap;
import io.nightjar.score.HighestPatches;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The reasons of a category's scored images: they are read and embedded once more, and the highest
 * patches of each compared with the stored bank by exact search. An image whose file changed since
 * it was scored gets none, and a note.
 *
 * @param plan of at least one patch
 * @param normal images that the bank was built of within the run, whose files are known; none where
 *     its sources say where they are
 */
public record ReasonPasses(
    CategoryPasses passes, StoredBank bank, ReasonPlan plan, List<ImageRef> normal) {

  /**
   * The reasons of images.
   *
   * @param images in catalogue order, with maps in memory
   * @param hashes of their files by path
   */
  public CategoryReasons of(List<ScoredImage> images, Map<String, String> hashes) {
    Map<String, int[]> cells = new HashMap<>();
    images.forEach(image -> cells.put(path(image), HighestPatches.of(map(image), plan.patches())));
    List<String> notes = new ArrayList<>();
    Map<String, HighestQueries> queries = unchanged(queries(images, cells), hashes);
    images.stream()
        .map(ReasonPasses::path)
        .filter(path -> !queries.containsKey(path))
        .forEach(
            path ->
                notes.add(
                    Text.format(
                        "%s has no reasons, since its file changed after it was scored.", path)));
    if (queries.isEmpty()) {
      return new CategoryReasons(List.of(), List.of(), notes);
    }
    Set<String> shownImages = highest(images, queries.keySet());
    List<ExplainedPatch> explained = explained(images, queries);
    Map<String, CutOutTask.Found> own = cutOuts(ownTasks(images, queries, shownImages));
    own.values().stream()
        .map(CutOutTask.Found::fault)
        .filter(fault -> !fault.isEmpty())
        .forEach(notes::add);
    Map<String, CutOutTask.Found> normal = cutOuts(normalTasks(explained, shownImages));
    Size grid = passes.spec().grid();
    return new CategoryReasons(
        explained.stream()
            .map(
                patch ->
                    patch.reason(
                        own.get(patch.queries().path()),
                        normal.get(patch.nearest().path()),
                        shownImages.contains(patch.queries().path()),
                        grid))
            .toList(),
        List.copyOf(shownImages),
        notes);
  }

  private static String path(ScoredImage image) {
    return image.ref().relativePath();
  }

  private static AnomalyMap map(ScoredImage image) {
    return ((MapSource.InMemory) image.map()).map();
  }

  private List<HighestQueries> queries(List<ScoredImage> images, Map<String, int[]> cells) {
    List<ImageRef> refs = images.stream().map(ScoredImage::ref).toList();
    RunContext run = passes.run();
    ChunkEmbedding embedding = passes.keeping(passes.embedding(), refs);
    passes
        .stages()
        .begin("embed images for reasons", Counted.IMAGES, refs.size(), embedding.handled());
    List<Chunk> chunks = passes.batches(refs);
    Broadcast<PatchReduction> reduction = run.spark().broadcast(bank.reduction());
    Broadcast<HashMap<String, int[]>> shared = run.spark().broadcast(new HashMap<>(cells));
    try {
      return run.spark()
          .parallelize(chunks, run.partitions(Math.max(1, chunks.size())))
          .mapPartitions(new QueryReasonsPass(embedding, reduction, shared))
          .collect();
    } finally {
      shared.destroy();
      reduction.destroy();
    }
  }

  private static Map<String, HighestQueries> unchanged(
      List<HighestQueries> queries, Map<String, String> hashes) {
    return queries.stream()
        .filter(own -> own.sha256().equals(hashes.get(own.path())))
        .collect(Collectors.toMap(HighestQueries::path, own -> own));
  }

  private Set<String> highest(List<ScoredImage> images, Set<String> explained) {
    return images.stream()
        .filter(image -> explained.contains(path(image)))
        .sorted(
            Comparator.comparingDouble(ScoredImage::imageScore)
                .reversed()
                .thenComparing(ReasonPasses::path))
        .limit(plan.shownImages())
        .map(ReasonPasses::path)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private List<ExplainedPatch> explained(
      List<ScoredImage> images, Map<String, HighestQueries> queries) {
    passes.stages().begin("find the nearest normal patches");
    int dimension = bank.manifest().dimension();
    List<float[]> all = new ArrayList<>();
    for (ScoredImage image : images) {
      HighestQueries own = queries.get(path(image));
      for (int i = 0; own != null && i < own.cells().length; i++) {
        all.add(Arrays.copyOfRange(own.queries(), i * dimension, (i + 1) * dimension));
      }
    }
    List<NearestNormal> nearest =
        new NearestNormals(passes.run(), bank, passes.spec(), passes.stages().watch()).of(all);
    List<ExplainedPatch> patches = new ArrayList<>();
    for (ScoredImage image : images) {
      HighestQueries own = queries.get(path(image));
      for (int i = 0; own != null && i < own.cells().length; i++) {
        patches.add(
            new ExplainedPatch(
                image.ref().category(),
                own,
                i,
                map(image).values()[own.cells()[i]],
                nearest.get(patches.size())));
      }
    }
    return patches;
  }

  private List<CutOutTask> ownTasks(
      List<ScoredImage> images, Map<String, HighestQueries> queries, Set<String> shownImages) {
    return images.stream()
        .filter(image -> shownImages.contains(path(image)))
        .map(
            image -> {
              HighestQueries own = queries.get(path(image));
              ArrayList<Integer> cells = new ArrayList<>();
              for (int cell : own.cells()) {
                cells.add(cell);
              }
              return new CutOutTask(
                  own.path(),
                  new ArrayList<>(List.of(image.ref().uri())),
                  own.sha256(),
                  cells,
                  passes.spec().grid());
            })
        .toList();
  }

  private List<CutOutTask> normalTasks(List<ExplainedPatch> patches, Set<String> shownImages) {
    Map<String, CutOutTask> tasks = new TreeMap<>();
    Map<String, List<String>> files = files(patches);
    for (ExplainedPatch patch : patches) {
      String name = patch.nearest().path();
      CutOutTask task =
          tasks.computeIfAbsent(
              name,
              absent ->
                  new CutOutTask(
                      name,
                      new ArrayList<>(files.getOrDefault(name, List.of())),
                      patch.nearest().sha256(),
                      new ArrayList<>(),
                      passes.spec().grid()));
      if (shownImages.contains(patch.queries().path())
          && !task.cells().contains(patch.nearest().cell())) {
        task.cells().add(patch.nearest().cell());
      }
    }
    return List.copyOf(tasks.values());
  }

  private Map<String, List<String>> files(List<ExplainedPatch> patches) {
    return normal.isEmpty()
        ? NormalFiles.find(
            bank.manifest(),
            patches.stream().map(patch -> patch.nearest().path()).collect(Collectors.toSet()),
            passes.run().hadoop())
        : normal.stream()
            .collect(Collectors.toMap(ImageRef::relativePath, image -> List.of(image.uri())));
  }

  private Map<String, CutOutTask.Found> cutOuts(List<CutOutTask> tasks) {
    passes.stages().begin("cut out patches");
    RunContext run = passes.run();
    Broadcast<SerializableConfiguration> shared = run.configuration();
    WhiteLevel white = passes.whiteLevel();
    Map<String, CutOutTask.Found> found = new LinkedHashMap<>();
    run.spark()
        .parallelize(tasks, run.partitionsOf(tasks.size()))
        .map(task -> task.find(white, shared.value().value()))
        .collect()
        .forEach(one -> found.put(one.name(), one));
    return found;
  }
}
