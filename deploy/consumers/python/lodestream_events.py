"""Lodestream's enriched events, read from Kafka as typed objects.

What matters here, whatever is done with the events:

- `isolation.level=read_committed`: events are published in transactions, and only committed ones are events.
- An offset is committed after its event has been dealt with, so that a crash repeats events and loses none. What is done with an
  event should therefore bear being done twice; `event_id` is the same every time.
- Unknown fields are ignored: within a major version of the schema fields are added.
"""

import argparse
import os
import signal
from collections.abc import Iterator

from confluent_kafka import Consumer, KafkaError, KafkaException, Message
from pydantic import ValidationError

from event_types import EnrichedArticle

SCHEMA = "lodestream.enriched-article/1"


def arguments(description: str) -> argparse.ArgumentParser:
    """What every consumer takes."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--bootstrap-servers", default="localhost:9092")
    parser.add_argument("--topic", default="lodestream.enriched")
    parser.add_argument("--group", required=True, help="consumer group, one for each use of the events")
    parser.add_argument("--until-end", action="store_true", help="stop when everything there is has been read")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="PROPERTY=VALUE",
        help="any property of librdkafka (passwords: KAFKA_SASL_PASSWORD in the environment)",
    )
    return parser


def batches(options: argparse.Namespace) -> Iterator[list[EnrichedArticle]]:
    """Events, some at a time. Those of a batch count as dealt with when the next one is asked for."""
    properties = dict(setting.split("=", 1) for setting in options.set)
    if password := os.environ.get("KAFKA_SASL_PASSWORD"):
        properties["sasl.password"] = password
    consumer = Consumer(
        {
            "bootstrap.servers": options.bootstrap_servers,
            "group.id": options.group,
            "isolation.level": "read_committed",
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
            "enable.partition.eof": True,
            **properties,
        }
    )
    stopped = False

    def stop(*_: object) -> None:
        nonlocal stopped
        stopped = True

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    ended: set[tuple[str, int]] = set()
    consumer.subscribe([options.topic])
    try:
        while not stopped:
            messages = consumer.consume(500, timeout=0.5)
            events = [event(message) for message in messages if not at_end(message, ended)]
            if events:
                yield events
                consumer.commit(asynchronous=False)
            assigned = {(part.topic, part.partition) for part in consumer.assignment()}
            if options.until_end and assigned and assigned <= ended:
                return
    finally:
        consumer.close()


def at_end(message: Message, ended: set[tuple[str, int]]) -> bool:
    """Whether this is no event but the news that a partition has no more for now."""
    error = message.error()
    place = (message.topic(), message.partition())
    if error is None:
        ended.discard(place)
        return False
    if error.code() != KafkaError._PARTITION_EOF:
        raise KafkaException(error)
    ended.add(place)
    return True


def event(message: Message) -> EnrichedArticle:
    """The event of a record; one that breaks the contract ends the consumer, with its place."""
    place = f"{message.topic()} partition {message.partition()} offset {message.offset()}"
    try:
        event = EnrichedArticle.model_validate_json(message.value())
    except ValidationError as error:
        raise SystemExit(f"{place} is no enriched event: {error}") from error
    if event.schema_ != SCHEMA:
        raise SystemExit(f"{place} is of schema {event.schema_}; this consumer reads {SCHEMA}")
    return event
