"""Queueing work for the Celery workers without ever losing what a person did."""

import logging
from functools import partial
from typing import Any

from celery import current_app
from celery.app.task import Task
from django.db import transaction
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

# What the client raises while the broker is away; kombu wraps most of it, but not all.
BROKER_FAILURES = (OperationalError, RedisError, OSError)
logger = logging.getLogger(__name__)


def queue_on_commit(task: Task | str, *args: Any) -> None:
    """Queue a task for what is being saved, once it is saved; a broker that is away is logged, not raised.

    The row that the task is about must have a status, and a periodic sweep must pick up rows that were left:
    the database, not the queue, is the record of what is to be done.

    Args:
        task: a Celery task, or its full name where the caller is a service, which stands below the tasks.
        args: ids and other values that JSON can carry.
    """
    transaction.on_commit(partial(queue_now, task, *args))


def queue_now(task: Task | str, *args: Any) -> bool:
    """Queue a task at once; say whether the broker took it.

    Args:
        task: a Celery task or its full name.
        args: ids and other values that JSON can carry.
    """
    job = current_app.signature(task) if isinstance(task, str) else task
    try:
        job.delay(*args)
    except BROKER_FAILURES:
        logger.warning("%s%s could not be queued; the sweep will do it.", job.name, args, exc_info=True)
        return False
    return True
