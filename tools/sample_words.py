"""What the sample says of its techniques and tactics, in our own words."""

TECHNIQUES = {
    "T1528": (
        "Tokens let applications act for a user without a password. Whoever steals one, from a container, a build "
        "pipeline, a cloud instance or by tricking a user into consent, acts with its rights. "
        "See also [Application Access Token](https://attack.mitre.org/techniques/T1550/001)."
    ),
    "T1212": (
        "A flaw in software that handles credentials (an identity provider, a directory, a driver) is used to get "
        "credentials or to be let in without them."
    ),
    "T1550.001": (
        "A stolen token is used in place of a login to reach mail, files or cloud interfaces. Often follows "
        "[Steal Application Access Token](https://attack.mitre.org/techniques/T1528)."
    ),
    "T1550": "Something other than a password, such as a hash, a ticket or a token, is used to log in.",
    "T1539": "A session cookie of a signed-in user is stolen, so that neither password nor second factor is needed.",
    "T1098": "An account is changed so that access lasts: new credentials, more rights, another device.",
    "T1098.001": "Keys or passwords are added to a cloud account or application, beside those of its owner.",
    "T1136.003": "A new cloud account is made to keep access without the one that was broken into.",
    "T1526": "The services of a cloud tenant are listed to learn what there is to use or to disable.",
    "T1552.008": "Passwords and keys are searched for in chat messages and tickets.",
    "T1552": "Credentials that lie around unprotected, in files, messages or settings, are collected.",
    "T1213": "Wikis, code hosts and document stores are searched for what helps later.",
    "T1556.007": "The link between the local directory and the cloud one is changed so that logins can be forged.",
    "T1651": "A cloud's own administration service is used to run commands inside machines.",
    "T1566.002": "A message leads its reader to a link that steals a login or starts a download.",
}

TACTICS = {
    "TA0001": "Getting in.",
    "TA0002": "Running code.",
    "TA0003": "Staying in.",
    "TA0004": "Getting more rights.",
    "TA0005": "Not being seen.",
    "TA0006": "Getting names and passwords.",
    "TA0007": "Looking around.",
    "TA0008": "Moving on to other systems.",
    "TA0009": "Gathering what is wanted.",
    "TA0010": "Taking it out.",
    "TA0011": "Giving orders from outside.",
    "TA0040": "Destroying, changing or blocking.",
    "TA0042": "Preparing what an operation needs.",
    "TA0043": "Learning about the target beforehand.",
}
