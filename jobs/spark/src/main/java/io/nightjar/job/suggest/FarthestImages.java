package io.nightjar.job.suggest;

import io.nightjar.backbone.patch.LinearReduction;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.job.embed.Chunk;
import io.nightjar.job.embed.ChunkEmbedding;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.options.StageWork.Counted;
import io.nightjar.job.result.Suggestion;
import io.nightjar.job.run.Quarantine;
import io.nightjar.job.run.RunContext;
import io.nightjar.score.HighestPatches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.broadcast.Broadcast;

/**
 * Chooses images one by one: that with most novelty left, see {@link RemainingNovelty}. Candidates
 * are embedded once, of which their highest patches are kept, and each chosen one once more.
 */
final class FarthestImages {
  private static final double HIGHEST = 0.01;

  private final RunContext run;
  private final StoredBank bank;
  private final CategoryPasses passes;
  private final Map<String, ImageRef> refs = new HashMap<>();

  FarthestImages(RunContext run, StoredBank bank, int images) {
    this.run = run;
    this.bank = bank;
    // Files that cannot be read are counted, and none of them ends the work.
    passes =
        new CategoryPasses(
            run,
            bank.manifest().category(),
            new Quarantine(bank.manifest().category(), Math.max(1, images), 1));
    passes.useWhiteLevel(WhiteLevel.of(bank.manifest().whiteLevel()));
    passes.useShape(bank.manifest().backbone().spec());
  }

  /**
   * What was chosen.
   *
   * @param gone candidates whose files were changed or unreadable
   * @param images in the order in which they were chosen
   */
  record Chosen(int gone, List<Suggestion> images) {}

  /**
   * Chooses.
   *
   * @param candidates whose files were found; different paths may be of different runs
   * @param budget how many at most
   * @param least novelty that a chosen one has left, exclusive
   */
  Chosen choose(List<Candidate> candidates, int budget, double least) {
    Broadcast<LinearReduction> reduction = run.spark().broadcast(bank.reduction().linear());
    try {
      return choose(candidates, budget, least, reduction);
    } finally {
      reduction.destroy();
    }
  }

  private Chosen choose(
      List<Candidate> candidates, int budget, double least, Broadcast<LinearReduction> reduction) {
    Map<String, int[]> cells = new HashMap<>();
    for (int i = 0; i < candidates.size(); i++) {
      cells.put(name(i), highest(candidates.get(i)));
      refs.put(name(i), candidates.get(i).ref().named(name(i)));
    }
    Map<String, PatchPass.Patches> highest = patches(cells, reduction);
    List<Integer> usable =
        IntStream.range(0, candidates.size())
            .filter(i -> isUnchanged(highest.get(name(i)), candidates.get(i)))
            .boxed()
            .toList();
    RemainingNovelty left =
        new RemainingNovelty(
            usable.stream().map(i -> highest.get(name(i)).values()).toList(),
            usable.stream().map(i -> distances(candidates.get(i), cells.get(name(i)))).toList(),
            bank.manifest().dimension());
    List<Suggestion> images = new ArrayList<>();
    int gone = candidates.size() - usable.size();
    int[] all = IntStream.range(0, passes.spec().patches()).toArray();
    for (int next = left.highest();
        next >= 0 && images.size() < budget && left.of(next) > least;
        next = left.highest()) {
      int number = usable.get(next);
      double remaining = left.of(next);
      PatchPass.Patches own = patches(Map.of(name(number), all), reduction).get(name(number));
      if (isUnchanged(own, candidates.get(number))) {
        left.choose(next, own.values());
        images.add(suggestion(candidates.get(number), remaining));
      } else {
        left.leaveOut(next);
        gone++;
      }
    }
    return new Chosen(gone, images);
  }

  /** Images of several runs may have one path. */
  private static String name(int number) {
    return Integer.toString(number);
  }

  private static boolean isUnchanged(PatchPass.Patches found, Candidate candidate) {
    return found != null && found.sha256().equals(candidate.sha256());
  }

  private static int[] highest(Candidate candidate) {
    int[] cells = HighestPatches.descending(candidate.map());
    return Arrays.copyOf(cells, (int) Math.max(1, Math.round(HIGHEST * cells.length)));
  }

  private static double[] distances(Candidate candidate, int[] cells) {
    double[] distances = new double[cells.length];
    for (int i = 0; i < cells.length; i++) {
      distances[i] = candidate.map().values()[cells[i]];
    }
    return distances;
  }

  private Map<String, PatchPass.Patches> patches(
      Map<String, int[]> cells, Broadcast<LinearReduction> reduction) {
    ChunkEmbedding embedding = passes.embedding();
    passes.stages().begin("embed candidates", Counted.IMAGES, cells.size(), embedding.handled());
    List<ImageRef> images = cells.keySet().stream().sorted().map(refs::get).toList();
    List<Chunk> chunks = Chunk.cut(images, run.embed().batchImages());
    Broadcast<HashMap<String, int[]>> shared = run.spark().broadcast(new HashMap<>(cells));
    try {
      return run
          .spark()
          .parallelize(chunks, run.partitions(Math.max(1, chunks.size())))
          .mapPartitions(new PatchPass(embedding, reduction, bank.manifest().dimension(), shared))
          .collect()
          .stream()
          .collect(Collectors.toMap(PatchPass.Patches::path, own -> own));
    } finally {
      shared.destroy();
    }
  }

  private static Suggestion suggestion(Candidate candidate, double remaining) {
    return new Suggestion(
        candidate.ref().uri(),
        candidate.ref().relativePath(),
        candidate.run(),
        candidate.sha256(),
        candidate.score(),
        candidate.pValue(),
        candidate.novelty(),
        remaining);
  }
}
