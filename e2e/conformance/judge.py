"""
IIIF's official validator of the Image API, as its command iiif-validate.py runs it, but for what that cannot do: it
sends a token, has patience with a busy machine, and says in JSON what came of each test.

  judge.py list                      the tests of every version: {"2.0": {name: level}, "3.0": {...}}
  judge.py squares                   the colours of the test picture: colours[column][row] = [red, green, blue]
  judge.py run SERVER PREFIX IDENTIFIER VERSION NAME...
                                     runs tests; one line each: {"name": ..., "problem": null or words}

TOKEN in the environment, if there is one, goes along as Authorization with every request.
"""

import json
import os
import random
import sys
import urllib.request

answers, sys.stdout = sys.stdout, sys.stderr  # the validator prints what it likes

from iiif_validator.tests.size_noup import Test_No_Size_Up
from iiif_validator.tests.size_up import Test_Size_Up
from iiif_validator.validator import ImageAPI, TestSuite, ValidationInfo

SECONDS = 60


class Visitor(urllib.request.BaseHandler):
    """Every request of the validator."""

    def http_request(self, request):
        request.timeout = SECONDS
        if os.environ.get('TOKEN'):
            request.add_unredirected_header('Authorization', 'Bearer ' + os.environ['TOKEN'])
        return request


# Where the validator contradicts section 4.2 of the Image API 3.0, which it judges.


def upscaled(check):
    """^max is as large as info.json's limits allow; the validator expects the size of the image, and doubts it itself."""

    def corrected(self, result, size, size_text, message):
        if size_text == '^max':
            info = result.get_info()
            size = (info['maxWidth'], info['maxHeight'])
        return check(self, result, size, size_text, message)

    return corrected


def not_upscaled(check):
    """!w,h with a box larger than the image means the image as it is; the validator expects an error."""

    def corrected(self, result, size_text):
        if not size_text.startswith('!'):
            return check(self, result, size_text)
        image = result.get_image({'size': size_text})
        self.validationInfo.check('size', image.size, (1000, 1000), result)

    return corrected


def run(server, prefix, identifier, version, name):
    """What is wrong, in words; None if nothing is."""
    random.seed(name)  # a failure has to come again
    api = ImageAPI(identifier, server, prefix, 'http', '', version, debug=False)
    try:
        TestSuite(ValidationInfo()).run_test(name, api)
    except Exception as error:
        return f'{type(error).__name__}: {error}; {api.urls}'
    return f'{api.exception}; {api.urls}' if api.exception else None


def say(answer):
    print(json.dumps(answer), file=answers, flush=True)


urllib.request.install_opener(urllib.request.build_opener(urllib.request.ProxyHandler({}), Visitor()))
Test_Size_Up.checkSize = upscaled(Test_Size_Up.checkSize)
Test_No_Size_Up.checkSize = not_upscaled(Test_No_Size_Up.checkSize)

command, *parameters = sys.argv[1:]
if command == 'list':
    suite = TestSuite(ValidationInfo())
    say({version: {name: test['level'] for name, test in suite.list_tests(version).items()} for version in ('2.0', '3.0')})
elif command == 'squares':
    say(ValidationInfo().colorInfo)
else:
    *where, names = parameters[:4] + [parameters[4:]]
    for name in names:
        say({'name': name, 'problem': run(*where, name)})
