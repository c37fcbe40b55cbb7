package io.nightjar.job.evaluate;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.dataset.Category;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.artifact.RunStore;
import io.nightjar.job.bank.BankSource;
import io.nightjar.job.bank.CategoryBanks;
import io.nightjar.job.bank.ImagesSource;
import io.nightjar.job.bank.SharedSource;
import io.nightjar.job.bank.StoredSource;
import io.nightjar.job.bank.UnifiedImages;
import io.nightjar.job.bank.UnifiedSource;
import io.nightjar.job.fit.FitPlan;
import io.nightjar.job.options.BankScope;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.options.RunLabel;
import io.nightjar.job.run.ExecutorSurvey;
import io.nightjar.job.run.RunContext;
import io.nightjar.job.run.RunManifest;
import io.nightjar.job.run.TrainPatchesRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an evaluation compares with what: each category with a bank of its own or all with one, and
 * banks that are built or that are stored.
 *
 * @param catalogue the categories
 * @param banks the stored banks; empty where banks are built
 * @param unified the normal images of all categories; empty where no bank is built of them
 */
public record EvaluationPlan(
    List<Category> catalogue,
    BackboneModel model,
    Optional<CategoryBanks> banks,
    Optional<UnifiedImages> unified,
    EvaluationOptions options) {

  /**
   * Plans an evaluation.
   *
   * @throws InvalidInputException if a stored bank does not fit the network, the weights of stages
   *     do not, a coreset would leave a bank no row, or the broadcast limit does not hold one row
   */
  public static EvaluationPlan of(
      List<Category> catalogue,
      BackboneModel model,
      Optional<CategoryBanks> banks,
      EvaluationOptions options) {
    banks.ifPresent(stored -> stored.requireUsable(model, options.embed().aspect()));
    Optional<UnifiedImages> unified =
        banks.isEmpty() && options.bank().scope() == BankScope.UNIFIED
            ? Optional.of(new UnifiedImages(catalogue, options.run().maxQuarantined()))
            : Optional.empty();
    EvaluationPlan plan = new EvaluationPlan(catalogue, model, banks, unified, options);
    if (banks.isEmpty()) {
      options.bank().requireFits(model.spec());
      plan.requireRows();
    }
    options
        .search()
        .requireRoomForARow(
            banks
                .map(CategoryBanks::mostValues)
                .orElseGet(() -> options.bank().mostValues(model.spec())));
    return plan;
  }

  /** No bank may be left without a row. */
  private void requireRows() {
    for (Category category : bankImages()) {
      options
          .bank()
          .coreset()
          .size(Math.multiplyExact(category.train().size(), model.layout().patches()));
    }
  }

  /** The images that banks are built of: those of every category, or all as one. */
  public List<Category> bankImages() {
    return unified.isPresent() ? List.of(UnifiedImages.asOne(catalogue)) : catalogue;
  }

  /** The options that the evaluation obeys, and whose images its banks hold. */
  public Map<String, Object> recordedOptions() {
    Map<String, Object> recorded = new LinkedHashMap<>();
    // Of a stored bank, it is the bank's that counts.
    banks.ifPresent(stored -> recorded.put("scope", stored.scope().id()));
    recorded.putAll(banks.isPresent() ? options.withStoredBanks() : options.asMap());
    return recorded;
  }

  /** The network, and the banks where they are stored ones. */
  public Map<String, Object> subject() {
    Map<String, Object> subject = new LinkedHashMap<>(RunManifest.method(model));
    banks.ifPresent(stored -> subject.put(RunManifest.BANKS, stored.describe()));
    return subject;
  }

  /** The same with what computes, and how banks are built. */
  Map<String, Object> subject(ExecutorSurvey executors, TrainPatchesRule trainPatches) {
    Map<String, Object> subject = new LinkedHashMap<>(RunManifest.method(model));
    executors.describe(subject);
    subject.putAll(subject());
    if (banks.isEmpty()) {
      subject.put("train_patches", trainPatches.describe(bankImages(), model.layout()));
    }
    return subject;
  }

  /** What is done with the patches of normal images between the two passes over them. */
  TrainPatchesRule trainPatches(ExecutorSurvey executors, RunContext run) {
    return new TrainPatchesRule(
        options.fit().trainPatches(),
        executors.freeBytes(),
        run.atOnce(bankImages().size()),
        !options.embed().tiles().isNone());
  }

  /**
   * Evaluates all categories.
   *
   * @param store of the run; empty where nothing is kept
   * @param listener takes the outcomes of the categories
   */
  public CategoryEvaluations.Evaluated evaluate(
      RunContext run,
      TrainPatchesRule trainPatches,
      RunLabel label,
      Optional<RunStore> store,
      OutcomeListener listener) {
    CategoryEvaluations evaluations =
        new CategoryEvaluations(
            run, options, catalogue, category -> notes(category, label), store, listener);
    Optional<SharedSource> shared = shared(trainPatches);
    return shared.isPresent()
        ? evaluations.allWithOne(shared.get())
        : evaluations.eachWithItsOwn(category -> own(category, trainPatches));
  }

  private Optional<SharedSource> shared(TrainPatchesRule trainPatches) {
    return banks
        .flatMap(CategoryBanks::shared)
        .or(
            () ->
                unified.map(
                    images ->
                        new UnifiedSource(
                            images, fit(UnifiedImages.asOne(catalogue), trainPatches))));
  }

  private BankSource own(Category category, TrainPatchesRule trainPatches) {
    return banks.isPresent()
        ? new StoredSource(banks.get().of(category), 1)
        : new ImagesSource(category.train(), fit(category, trainPatches));
  }

  private FitPlan fit(Category images, TrainPatchesRule trainPatches) {
    return new FitPlan(
        options.bank(), options.fit(), trainPatches.decide(images, model.layout()).keep());
  }

  private List<String> notes(Category category, RunLabel label) {
    // A category counts the images of its bank, wherever they are.
    return banks
        .map(stored -> CategoryNotes.of(stored.withImages(category), label))
        .orElseGet(() -> CategoryNotes.of(category, label));
  }
}
