"""Nightjar for users of PySpark: the stages and actions of its jar, called through py4j.

    import nightjar

    run = nightjar.evaluate(spark, data="s3a://factory/mvtec_ad", out="s3a://factory/runs/monday",
                            weights="torchvision:resnet50", variance=0.9)
    run.metrics.select("category", "pixel_auprc").show()

The jar must be on the class path of the session. Options are keyword arguments, named as in run.json.
They are looked up in the Java builders, so that this file knows none of them by name and a name that
they do not have is refused in a sentence, like anything else that cannot be used (InvalidInput). What
goes wrong in Java is raised as NightjarError. Tables are Spark DataFrames, what fits on the driver is
plain Python.
"""

from __future__ import annotations

import contextlib
import difflib
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Dict, Iterator, List, Mapping, Optional, Sequence

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


class NightjarError(Exception):
    """Something went wrong in Java; the message is a sentence. `java` is the Java exception."""

    def __init__(self, sentence: str, java: Any = None):
        super().__init__(sentence)
        self.java = java


class InvalidInput(NightjarError, ValueError):
    """An input or option cannot be used; nothing was done."""


@dataclass(frozen=True)
class Stage:
    """A stage of Spark ML in Java. `java` has all methods that this class does not have."""

    spark: SparkSession
    java: Any

    def fit(self, frame: DataFrame) -> Stage:
        """Fits the stage; returns the fitted one."""
        with _sentences():
            return Stage(self.spark, self.java.fit(frame._jdf))

    def transform(self, frame: DataFrame) -> DataFrame:
        """Adds the stage's column."""
        with _sentences():
            return type(frame)(self.java.transform(frame._jdf), self.spark)

    def save(self, path: str) -> None:
        """Saves a fitted stage or a pipeline; replaces what is there."""
        with _sentences():
            self.java.write().overwrite().save(path)


@dataclass(frozen=True)
class Evaluation:
    """A run of evaluate. `document` is the content of metrics.json."""

    out: str
    document: Mapping[str, Any]
    metrics: DataFrame = field(repr=False)
    maps: DataFrame = field(repr=False)

    @property
    def failed(self) -> Sequence[Mapping[str, str]]:
        """The categories without a result, each with its reason."""
        return self.document["failed"]


@dataclass(frozen=True)
class Comparison:
    """Runs compared with a baseline. `document` is the content of compare.json."""

    document: Mapping[str, Any]

    @property
    def passed(self) -> bool:
        """Whether every candidate passes the gate."""
        return self.document["passed"]

    @property
    def sentence(self) -> str:
        """The outcome in one sentence."""
        return self.document["sentence"]

    def figures(self) -> List[Dict[str, Any]]:
        """A row for each figure of each category and candidate: pandas.DataFrame(c.figures())."""
        rows = []
        for candidate, category in self._categories():
            for name, figure in category["figures"].items():
                lower, upper = figure["interval"] or (None, None)
                row = {"candidate": candidate, "category": category["category"], "figure": name}
                row.update((key, value) for key, value in figure.items() if key != "interval")
                row.update(lower=lower, upper=upper)
                rows.append(row)
        return rows

    def images(self) -> List[Dict[str, Any]]:
        """A row for each image that changed most: pandas.DataFrame(c.images())."""
        return [
            {"run": candidate, "category": category["category"], **change}
            for candidate, category in self._categories()
            for change in category["changes"]
        ]

    def differs(self) -> List[Dict[str, str]]:
        """A row for each setting that the record of a candidate has differently."""
        return [
            {"run": one["candidate"]["run"], **setting}
            for one in self.document["comparisons"]
            for setting in one["differs"]
        ]

    def verdicts(self) -> List[Dict[str, str]]:
        """A row for each category and candidate."""
        return [
            {"run": candidate, "category": category["category"], "verdict": category["verdict"]}
            for candidate, category in self._categories()
        ]

    def _categories(self) -> Iterator[Any]:
        for one in self.document["comparisons"]:
            for category in one["categories"]:
                yield one["candidate"]["run"], category


@dataclass(frozen=True)
class History:
    """All runs below a folder. `page` is a file for people, `changes` a row for each new level."""

    page: str
    changes: Sequence[Mapping[str, Any]]
    notes: Sequence[str]
    table: DataFrame = field(repr=False)


def embedder(spark: SparkSession, **params: Any) -> Stage:
    """Embeds images: PatchEmbedder, with its parameters in snake_case."""
    return _stage(spark, "io.nightjar.backbone.PatchEmbedder", params)


def pca(spark: SparkSession, **params: Any) -> Stage:
    """Reduces patches to principal components: PatchPca, with its parameters in snake_case."""
    return _stage(spark, "io.nightjar.pca.PatchPca", params)


def knn(spark: SparkSession, **params: Any) -> Stage:
    """Compares patches with those that it was fitted on: PatchKnn, likewise."""
    return _stage(spark, "io.nightjar.bank.PatchKnn", params)


def decision(spark: SparkSession, **params: Any) -> Stage:
    """Decides on images by the distances of normal ones that it was fitted on: PatchDecision, likewise."""
    return _stage(spark, "io.nightjar.decision.PatchDecision", params)


def pipeline(spark: SparkSession, *stages: Stage) -> Stage:
    """One stage of several; fitted ones stay as they are."""
    with _sentences():
        java = _new(spark, "org.apache.spark.ml.Pipeline")
        kind = _type(spark, "org.apache.spark.ml.PipelineStage")
        array = spark.sparkContext._gateway.new_array(kind, len(stages))
        for i, stage in enumerate(stages):
            array[i] = stage.java
        return Stage(spark, java.setStages(array))


def load(spark: SparkSession, path: str) -> Stage:
    """Loads a fitted pipeline that was saved."""
    with _sentences():
        return Stage(spark, _type(spark, "org.apache.spark.ml.PipelineModel").load(path))


def evaluate(
    spark: SparkSession,
    data: str,
    out: str,
    *,
    weights: str,
    backbone: str = "resnet50",
    layers: Sequence[int] = (1, 2, 3),
    image_size: int = 224,
    grid: int = 28,
    **options: Any,
) -> Evaluation:
    """Evaluates the categories of a data set: EvaluateDataset.

    Options are those of EvaluationOptions.Builder (variance, neighbours, smoothing, ...) and of the
    action itself (categories, overwrite, layout, reuse, ...).
    """
    with _sentences():
        spec = _new(
            spark,
            "io.nightjar.backbone.spec.EmbeddingSpec",
            _type(spark, "io.nightjar.backbone.spec.Architecture").parse(backbone),
            _collection(spark, "java.util.ArrayList", layers),
            image_size,
            grid,
        )
        nothing = _type(spark, "java.util.Optional").empty()
        source = _new(
            spark, "io.nightjar.job.options.BackboneSource", spec, weights, nothing
        )
        action = _new(spark, "io.nightjar.job.EvaluateDataset", spark._jsparkSession)
        builder = _type(spark, "io.nightjar.job.options.EvaluationOptions").builder()
        _set(spark, (builder, action), options, "evaluate")
        action.options(builder.build())
        result = action.data(data).backbone(source).out(out).execute()
        document = _type(spark, "io.nightjar.report.json.JsonReport").metrics(result.report())
    return Evaluation(
        out,
        json.loads(document),
        spark.read.parquet(out + "/metrics"),
        spark.read.parquet(out + "/maps"),
    )


def compare(
    spark: SparkSession,
    baseline: str,
    candidates: Sequence[str],
    *,
    out: Optional[str] = None,
    overwrite: bool = False,
    **options: Any,
) -> Comparison:
    """Compares finished runs with a baseline: CompareRuns. FOLDER/latest is the newest run of a folder.

    Options are those of ComparisonOptions: tolerance, alpha, resamples, seed, figures, allow.
    """
    with _sentences():
        action = _new(spark, "io.nightjar.job.CompareRuns", _hadoop(spark))
        action.baseline(baseline).overwrite(overwrite)
        action.candidates(_collection(spark, "java.util.ArrayList", candidates))
        action.options(
            _record(spark, "io.nightjar.report.comparison.ComparisonOptions", options, "compare")
        )
        if out is not None:
            action.out(out)
        report = action.execute()
        writer = _type(spark, "io.nightjar.report.comparison.output.ComparisonJson")
        return Comparison(json.loads(writer.write(report)))


def history(spark: SparkSession, runs: str, out: str, **options: Any) -> History:
    """Writes the history of all runs below a folder: TrackRuns.

    Options are those of HistoryOptions: figures, tolerance, every, cost_per_hour.
    """
    with _sentences():
        action = _new(spark, "io.nightjar.job.TrackRuns", spark._jsparkSession)
        shown = _record(spark, "io.nightjar.report.history.HistoryOptions", options, "history")
        found = action.runs(runs).out(out).options(shown).execute()
        changes = [
            {
                "category": series.category(),
                "figure": series.figure().key(),
                "run": runs_of.runs().get(change.run()).name(),
                "before": change.before(),
                "after": change.after(),
                "worse": change.isWorse(),
                "differs": list(runs_of.causes(series, change)),
            }
            for runs_of in found.dataSets()
            for series in runs_of.series()
            for change in series.changes()
        ]
        notes = list(found.notes()) + list(found.passedOver())
    table = spark.read.parquet(out + "/history")
    return History(out + "/history.html", changes, notes, table)


def _stage(spark: SparkSession, name: str, params: Mapping[str, Any]) -> Stage:
    with _sentences():
        java = _new(spark, name)
        given = {"set_" + key: value for key, value in params.items()}
        _set(spark, (java,), given, name.rpartition(".")[2], "set_")
        return Stage(spark, java)


def _set(
    spark: SparkSession,
    targets: Sequence[Any],
    given: Mapping[str, Any],
    subject: str,
    prefix: str = "",
) -> None:
    """Calls the fluent setters of the first target that has them."""
    setters: Dict[str, Any] = {}
    for target in reversed(targets):
        for method in target.getClass().getMethods():
            parameters = method.getGenericParameterTypes()
            fluent = method.getReturnType().isInstance(target)
            if fluent and len(parameters) == 1 and _snake(method.getName()).startswith(prefix):
                known = _kind(parameters[0])
                if not known.endswith("Options"):  # those of one concern have setters of their own
                    setters[_snake(method.getName())] = (target, method.getName(), known)
    for explicit in ("data", "out", "backbone", "label", "options", "progress"):
        setters.pop(explicit, None)
    for name, value in given.items():
        if name not in setters:
            raise _unknown(subject, name[len(prefix) :], [key[len(prefix) :] for key in setters])
        target, method, kind = setters[name]
        getattr(target, method)(_java(spark, kind, value, name[len(prefix) :]))


def _record(spark: SparkSession, name: str, given: Mapping[str, Any], subject: str) -> Any:
    """A record of options: the default one with what is given in its place."""
    default = _type(spark, name).DEFAULT
    components = {
        _snake(one.getName()): one for one in default.getClass().getRecordComponents()
    }
    for key in given:
        if key not in components:
            raise _unknown(subject, key, list(components))
    values = [
        _java(spark, _kind(one.getGenericType()), given[key], key)
        if key in given
        else getattr(default, one.getName())()
        for key, one in components.items()
    ]
    return _new(spark, name, *values)


def _kind(java: Any) -> str:
    """A type of Java as it is written in Java."""
    name = re.sub(r"^(class|interface) ", "", java.toString())
    return {"[I": "int[]"}.get(name, name)


def _unknown(subject: str, name: str, known: List[str]) -> InvalidInput:
    close = difflib.get_close_matches(name, known, 1)
    hint = f"did you mean {close[0]}?" if close else "there are " + ", ".join(sorted(known)) + "."
    return InvalidInput(f"{subject} has no option {name}; {hint}")


def _java(spark: SparkSession, kind: str, value: Any, name: str) -> Any:
    """A value of Python as a Java type takes it; values of Java are taken as they are."""
    if hasattr(value, "getClass"):
        return value
    inner = re.fullmatch(r"java\.util\.(List|Set|Collection|Optional)<(.+)>", kind)
    number = not isinstance(value, bool) and isinstance(value, (int, float))
    whole = number and isinstance(value, int)
    if inner and inner[1] == "Optional":
        return _type(spark, "java.util.Optional").of(_java(spark, inner[2], value, name))
    if inner and isinstance(value, (list, tuple, set)):
        holder = "java.util.HashSet" if inner[1] == "Set" else "java.util.ArrayList"
        return _collection(spark, holder, [_java(spark, inner[2], one, name) for one in value])
    if kind == "int[]" and isinstance(value, (list, tuple)):
        array = spark.sparkContext._gateway.new_array(spark._jvm.int, len(value))
        for i, one in enumerate(value):
            array[i] = one
        return array
    if kind == "boolean" and isinstance(value, bool):
        return value
    if kind == "double" and number:
        return float(value)
    if kind in ("int", "long") and whole:
        return value
    if kind in ("java.util.OptionalDouble", "java.util.OptionalInt", "java.util.OptionalLong"):
        if whole or (number and kind.endswith("Double")):
            number_of = float(value) if kind.endswith("Double") else value
            return _type(spark, kind).of(number_of)
    if kind == "java.lang.String" and isinstance(value, str):
        return value
    if kind.startswith("io.nightjar.") and isinstance(value, str):
        return _named(spark, kind, value, name)
    raise InvalidInput(f"The option {name} is {value!r}; it must be of the type {kind}.")


def _named(spark: SparkSession, kind: str, text: str, name: str) -> Any:
    """A constant by its name in options, or what a class reads a text as."""
    java = spark._jvm.java.lang.Class.forName(kind, True, _loader(spark))
    if not java.isEnum():
        return _type(spark, kind).parse(text)
    constants = {}
    for constant in java.getEnumConstants():
        has = {method.getName() for method in constant.getClass().getMethods()}
        word = next((one for one in ("key", "id", "word") if one in has), None)
        constants[getattr(constant, word)() if word else constant.name().lower()] = constant
    if text not in constants:
        choices = ", ".join(constants)
        raise InvalidInput(f"The option {name} is {text!r}; it must be one of {choices}.")
    return constants[text]


def _collection(spark: SparkSession, kind: str, values: Sequence[Any]) -> Any:
    if isinstance(values, str):
        raise InvalidInput(f"A list is needed, not the text {values!r}; write [{values!r}].")
    collection = _new(spark, kind)
    for value in values:
        collection.add(value)
    return collection


def _snake(name: str) -> str:
    return re.sub(r"([A-Z])", lambda upper: "_" + upper[0].lower(), name)


def _type(spark: SparkSession, name: str) -> Any:
    """A class by its name, for its constructor and static members."""
    jvm = getattr(spark, "_jvm", None)
    if jvm is None:
        raise InvalidInput("This session has no JVM of its own; Nightjar needs a classic session.")
    found: Any = jvm
    for part in name.split("."):
        found = getattr(found, part)
    if not callable(found) or type(found).__name__ == "JavaPackage":
        raise InvalidInput(
            f"Spark does not have the class {name}; add Nightjar's jar to the session (spark.jars)."
        )
    return found


def _new(spark: SparkSession, name: str, *arguments: Any) -> Any:
    return _type(spark, name)(*arguments)


def _loader(spark: SparkSession) -> Any:
    return spark._jvm.java.lang.Thread.currentThread().getContextClassLoader()


def _hadoop(spark: SparkSession) -> Any:
    return spark._jsparkSession.sessionState().newHadoopConf()


@contextlib.contextmanager
def _sentences() -> Iterator[None]:
    """Raises what Java throws as an exception of this module, with its sentence."""
    try:
        yield
    except NightjarError:
        raise
    except Exception as error:
        # py4j names it java_exception; PySpark, where it converts the exception itself, _origin.
        java = getattr(error, "java_exception", None) or getattr(error, "_origin", None)
        if java is None:
            raise
        kind = java.getClass().getName()
        sentence = java.getMessage() or kind
        if kind == "io.nightjar.error.InvalidInputException":
            raise InvalidInput(sentence, java) from None
        raise NightjarError(sentence, java) from error
