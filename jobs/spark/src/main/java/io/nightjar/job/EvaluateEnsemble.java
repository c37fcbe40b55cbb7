package io.nightjar.job;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.dataset.Catalogue;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.layout.DataSets;
import io.nightjar.dataset.layout.Purpose;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.place.InputPlaces;
import io.nightjar.job.compare.Baseline;
import io.nightjar.job.compare.BaselineInWords;
import io.nightjar.job.ensemble.EnsembleRecord;
import io.nightjar.job.ensemble.EnsembleRun;
import io.nightjar.job.ensemble.MemberOutcomes;
import io.nightjar.job.ensemble.MemberProgress;
import io.nightjar.job.ensemble.MembersAgree;
import io.nightjar.job.evaluate.ScaleRule;
import io.nightjar.job.folder.MemberFolders;
import io.nightjar.job.folder.Request;
import io.nightjar.job.folder.RunFolder;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.output.WrittenRun;
import io.nightjar.job.result.RunResult;
import io.nightjar.job.run.RunContext;
import io.nightjar.job.run.RunManifest;
import io.nightjar.report.RunInfo;
import io.nightjar.report.comparison.ComparisonOptions;
import io.nightjar.report.comparison.Gate;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * Evaluates a data set in several configurations, the members, and the mean of their anomaly maps
 * as a method of its own. The maps of each member are divided by what normal images score with it:
 * a quantile of the scores of the patches of the bank's own images, each compared with the bank
 * without its image. No test image and no label takes part in that.
 *
 * <pre>{@code
 * RunResult result =
 *     new EvaluateEnsemble(spark)
 *         .member("small", new EvaluateDataset(spark).data("s3a://factory/mvtec_ad").backbone(at224))
 *         .member("large", new EvaluateDataset(spark).data("s3a://factory/mvtec_ad").backbone(at448))
 *         .out("s3a://factory/runs/ensemble")
 *         .execute();
 * }</pre>
 *
 * <p>Each member's evaluation is in {@code members/<name>} of the folder for the results; all share
 * one store. The same data and members give bit-identical figures on any number of executors of one
 * kind of processor, and in any order of the members.
 */
public final class EvaluateEnsemble extends SparkAction<EvaluateEnsemble, RunResult> {
  /** The quantile of the scores of normal patches by which the maps of a member are divided. */
  public static final double DEFAULT_SCALE_QUANTILE = 0.99;

  private static final String INCOMPLETE = "Name the members and the folder for the results.";

  private final Map<String, EvaluateDataset> members = new LinkedHashMap<>();
  private double scaleQuantile = DEFAULT_SCALE_QUANTILE;
  private Optional<String> out = Optional.empty();
  private Optional<String> reuse = Optional.empty();
  private Optional<Baseline> baseline = Optional.empty();
  private boolean overwrite;

  /**
   * Creates an evaluation without members; nothing runs before {@link #execute}.
   *
   * @param session the Spark session that runs the jobs
   */
  public EvaluateEnsemble(SparkSession session) {
    super(session);
  }

  /**
   * Adds a member.
   *
   * @param name of its folder below {@code members/}
   * @param evaluation with its data set, network and options, which the ensemble runs; its folder
   *     for the results, its store and whether it replaces results are those of the ensemble
   * @return this action
   * @throws InvalidInputException if there is a member of that name
   */
  public EvaluateEnsemble member(String name, EvaluateDataset evaluation) {
    if (members.putIfAbsent(name, evaluation) != null) {
      throw new InvalidInputException(
          Text.format("Two members of the ensemble are called %s; rename one.", name));
    }
    return this;
  }

  /**
   * Sets the quantile of the scores of normal patches by which the maps of a member are divided.
   *
   * @param quantile above 0 and at most 1; {@value #DEFAULT_SCALE_QUANTILE} where it is not set
   * @return this action
   * @throws InvalidInputException if it is out of range
   */
  public EvaluateEnsemble scaleQuantile(double quantile) {
    this.scaleQuantile = ScaleRule.requireQuantile(quantile);
    return this;
  }

  /**
   * Sets the folder for the results.
   *
   * @param folder on any Hadoop file system
   * @return this action
   */
  public EvaluateEnsemble out(String folder) {
    this.out = Optional.of(folder);
    return this;
  }

  /**
   * Replaces the results of a run that {@code out} already holds.
   *
   * @param replace whether to replace them; otherwise a run into such a folder is refused
   * @return this action
   */
  public EvaluateEnsemble overwrite(boolean replace) {
    this.overwrite = replace;
    return this;
  }

  /**
   * Sets where the store of all members is; {@link #out} where it is not set.
   *
   * @param folder as {@link EvaluateDataset#reuse} takes it
   * @return this action
   */
  public EvaluateEnsemble reuse(String folder) {
    this.reuse = Optional.of(folder);
    return this;
  }

  /**
   * Compares the ensemble with an earlier run when it has ended.
   *
   * @param location as {@link EvaluateDataset#baseline} takes it
   * @param comparison how the runs are compared
   * @param gate what the evaluation must not be
   * @return this action
   */
  public EvaluateEnsemble baseline(String location, ComparisonOptions comparison, Gate gate) {
    this.baseline = Optional.of(new Baseline(location, comparison, gate));
    return this;
  }

  @Override
  RunResult perform(Configuration configuration) {
    String place = out.orElseThrow(EvaluateEnsemble::incomplete);
    EvaluateDataset first = first();
    String data = first.data().orElseThrow(EvaluateEnsemble::incomplete);
    MembersAgree.require(shared(), single());
    InputPlaces inputs = first.inputs(configuration);
    Optional<Baseline.Opened> before =
        baseline.map(choice -> choice.open(place, data, configuration));
    before.ifPresent(opened -> opened.addTo(inputs));
    inputs.requireApart("--out", place);
    inputs.requireApart("--reuse", reuse.orElse(place));
    Catalogue listed =
        DataSets.list(data, first.categories(), Purpose.EVALUATE, first.layout(), configuration)
            .requireTestImages(data);
    Map<String, Object> networks = new LinkedHashMap<>();
    members.forEach(
        (name, member) -> {
          member.reuse(reuse.orElse(place)).keepCounts(false);
          BackboneModel model = prepared(name, member, listed.categories(), configuration);
          networks.put(name, RunManifest.method(model).get("backbone"));
        });
    Request request = request(networks, EmbeddingAction.files(listed.categories()));
    EmbeddingAction.found(inputs, listed.categories());
    try (RunFolder folder = RunFolder.claim(place, overwrite, request, inputs, configuration)) {
      claimed();
      Map<String, Object> subject = new LinkedHashMap<>();
      EnsembleRecord record = record();
      RunManifest manifest =
          new RunManifest(session(), data, subject, record.options(), first.runLabel())
              .of(listed)
              .request(Request.FIELD, request.sha256());
      List<MemberOutcomes> outcomes = evaluate(place, configuration);
      subject.put("ensemble", record.described(networks));
      subject.put(RunInfo.SCALES, EnsembleRecord.scales(outcomes, listed.categories()));
      WrittenRun written;
      try (RunContext context = run().options(first.runOptions()).build()) {
        written =
            new EnsembleRun(
                    listed,
                    outcomes,
                    scaleQuantile,
                    first.evaluationOptions(),
                    first.runLabel().of(listed))
                .into(folder, manifest, context, before.map(BaselineInWords::pending));
      }
      return Baseline.compared(before, written, place, configuration);
    }
  }

  private EnsembleRecord record() {
    Map<String, EvaluationOptions> options = new LinkedHashMap<>();
    members.forEach((name, member) -> options.put(name, member.evaluationOptions()));
    return new EnsembleRecord(scaleQuantile, options);
  }

  private static InvalidInputException incomplete() {
    return new InvalidInputException(INCOMPLETE);
  }

  private EvaluateDataset first() {
    if (members.size() < 2) {
      throw new InvalidInputException(
          Text.format(
              "An ensemble needs two configurations or more, whose maps are averaged, and there %s;"
                  + " name more.",
              members.isEmpty() ? "is none" : "is one"));
    }
    return members.values().iterator().next();
  }

  /** What the members must have in common, by the names of options. */
  private Map<String, Map<String, Object>> shared() {
    Map<String, Map<String, Object>> shared = new LinkedHashMap<>();
    members.forEach(
        (name, member) -> {
          EvaluationOptions options = member.evaluationOptions();
          Map<String, Object> own = new LinkedHashMap<>();
          own.put("data", member.data().orElseThrow(EvaluateEnsemble::incomplete));
          own.put("category", member.categories());
          own.put("layout", member.layout().id());
          own.putAll(options.measure().asMap());
          own.put("image_score", options.map().imageScore().id());
          own.putAll(options.run().asMap());
          own.putAll(member.output().asMap());
          shared.put(name, own);
        });
    return shared;
  }

  /** Where the bank of each member comes from, as far as an ensemble cannot use it. */
  private Map<String, MembersAgree.Banks> single() {
    Map<String, MembersAgree.Banks> banks = new LinkedHashMap<>();
    members.forEach(
        (name, member) ->
            banks.put(
                name,
                new MembersAgree.Banks(
                    member.hasStoredBanks(), member.evaluationOptions().bank().scope())));
    return banks;
  }

  private static BackboneModel prepared(
      String name, EvaluateDataset member, List<Category> catalogue, Configuration configuration) {
    try {
      return member.prepare(catalogue, configuration);
    } catch (InvalidInputException e) {
      throw new InvalidInputException(Text.format("Member %s: %s", name, e.getMessage()), e);
    }
  }

  /** Evaluates the members, one after another. */
  private List<MemberOutcomes> evaluate(String place, Configuration configuration) {
    List<MemberOutcomes> outcomes = new ArrayList<>();
    members.forEach(
        (name, member) -> {
          MemberOutcomes own =
              new MemberOutcomes(name, member.evaluationOptions().map().smoothing(), scaleQuantile);
          member.listener(own);
          member.within(this, new MemberProgress(progress(), name));
          RunResult result =
              member
                  .out(
                      HadoopPaths.child(HadoopPaths.parse(place), MemberFolders.of(name))
                          .toString())
                  // What is there is of a run of this ensemble that did not end, or is replaced.
                  .overwrite(true)
                  .perform(configuration);
          own.failed(result.report().failed());
          outcomes.add(own);
        });
    return outcomes;
  }

  @Override
  void describe(Map<String, Object> given) {
    super.describe(given);
    Map<String, Object> each = new LinkedHashMap<>();
    members.forEach((name, member) -> each.put(name, member.describe()));
    given.put("ensemble", each);
    given.put("scale_quantile", scaleQuantile);
    reuse.ifPresent(folder -> given.put("reuse", folder));
    baseline.ifPresent(choice -> given.putAll(choice.asMap()));
    out.ifPresent(folder -> given.put("out", folder));
    given.put("overwrite", overwrite);
  }

  @Override
  String outcome(RunResult result) {
    return result.summary();
  }

  @Override
  EvaluateEnsemble self() {
    return this;
  }
}
