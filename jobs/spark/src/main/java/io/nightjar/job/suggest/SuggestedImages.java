package io.nightjar.job.suggest;

import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.ReferenceScores;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.drift.ScoreRun;
import io.nightjar.job.guard.ContaminationGuard;
import io.nightjar.job.guard.RobustLimit;
import io.nightjar.job.result.Suggestions;
import io.nightjar.job.run.RunContext;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/**
 * Suggests images of runs for a bank: of those whose novelty is above the median of the bank's own
 * images and not above the guard's limit, the ones that are farthest from the bank and from one
 * another. Images below the median are like those that the bank has; those beyond the limit, such
 * as defects, {@code update-bank} holds back anyway.
 *
 * @param guard deviations of the limit above the median, above 0
 * @param budget the most images to suggest, at least 1
 */
public record SuggestedImages(RunContext run, StoredBank bank, double guard, int budget) {

  /**
   * Where the bank's own images score.
   *
   * @throws InvalidInputException if the bank has too few images or no scores of them
   */
  public static RobustLimit limit(StoredBank bank, double guard, Configuration configuration) {
    ContaminationGuard.requireUsable(bank, OptionalDouble.of(guard));
    ReferenceScores scores =
        ReferenceScores.find(bank.location(), configuration)
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        Text.format(
                            "The bank %s has no scores of its own images, which say what is novel;"
                                + " add them with nightjar inspect-bank --contamination.",
                            bank.location())));
    return ContaminationGuard.limit(scores, guard);
  }

  /**
   * Chooses.
   *
   * @throws InvalidInputException if a run was not scored with this bank, or no file of any
   *     candidate is left
   */
  public Suggestions of(List<ScoreRun> runs) {
    RobustLimit limit = limit(bank, guard, run.hadoop());
    List<Candidate> scored = new ArrayList<>();
    ScoredImages images = new ScoredImages(run.session(), bank, run.hadoop());
    runs.forEach(one -> scored.addAll(images.of(one)));
    List<Candidate> fresh = withoutDuplicates(scored);
    List<Candidate> novel =
        fresh.stream().filter(image -> image.novelty() > limit.median()).toList();
    List<Candidate> within =
        novel.stream().filter(image -> image.novelty() <= limit.value()).toList();
    List<Candidate> there = within.stream().filter(image -> image.ref().isAtHand()).toList();
    if (there.isEmpty() && !within.isEmpty()) {
      throw new InvalidInputException(
          Text.format(
              "None of the %d candidates is where its run read it, the first of which is %s of %s;"
                  + " bring the images back, or name newer runs.",
              within.size(), within.get(0).ref().relativePath(), within.get(0).run()));
    }
    FarthestImages.Chosen chosen =
        there.isEmpty()
            ? new FarthestImages.Chosen(0, List.of())
            : new FarthestImages(run, bank, there.size()).choose(there, budget, limit.median());
    int gone = within.size() - there.size() + chosen.gone();
    return new Suggestions(
        bank.location().uri(),
        bank.manifest().version(),
        bank.manifest().category(),
        budget,
        limit.median(),
        limit.value(),
        new Suggestions.Counts(
            scored.size(),
            scored.size() - fresh.size(),
            fresh.size() - novel.size(),
            novel.size() - within.size(),
            gone,
            within.size() - gone),
        chosen.images());
  }

  private List<Candidate> withoutDuplicates(List<Candidate> scored) {
    Set<String> known =
        bank.manifest().images().stream()
            .map(BankManifest.Image::sha256)
            .collect(Collectors.toCollection(HashSet::new));
    return scored.stream().filter(image -> known.add(image.sha256())).toList();
  }
}
